package gatehouse.persistence.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import gatehouse.session.lifecycle.StoreOutOfReach;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The one pool of connections everything that remembers goes through.
public final class Database implements AutoCloseable {

    /// Something done on a connection.
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final HikariDataSource pool;
    private final Engine engine;

    private Database(HikariDataSource pool, Engine engine) {
        this.pool = pool;
        this.engine = engine;
    }

    /// Connects once, so that a wrong url, login or a dead database is known at start and not at the first call.
    public static Database open(DatabaseSettings settings) {
        var engine = settings.engine();
        OwnFiles.keep(settings.url());
        var hikari = new HikariConfig();
        hikari.setPoolName("storage");
        hikari.setJdbcUrl(engine.complete(settings.url()));
        hikari.setUsername(settings.login().user());
        hikari.setPassword(settings.login().password().reveal());
        hikari.setMaximumPoolSize(settings.connections().all());
        hikari.setMinimumIdle(Math.min(2, settings.connections().all()));
        hikari.setConnectionTimeout(settings.connectionTimeout().toMillis());
        hikari.setInitializationFailTimeout(settings.connectionTimeout().toMillis());
        hikari.setValidationTimeout(Math.min(1000, settings.connectionTimeout().toMillis()));
        engine.properties(settings).forEach(hikari::addDataSourceProperty);
        try {
            return new Database(new HikariDataSource(hikari), engine);
        } catch (HikariPool.PoolInitializationException failure) {
            throw new StoreOutOfReach(failure.getCause() == null ? failure : failure.getCause());
        }
    }

    public Engine engine() {
        return engine;
    }

    public DataSource pool() {
        return pool;
    }

    /// Each statement commits by itself.
    public <T> T run(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            return work.on(connection);
        }
    }

    /// All or nothing. The pool rolls back what is not committed when the connection returns.
    public <T> T transaction(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            var result = work.on(connection);
            connection.commit();
            return result;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
