package gatehouse.persistence.state;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.jdbc.db.SlickDatabase;
import org.apache.pekko.persistence.jdbc.db.SlickDatabaseProvider;

/// Hands the library the one pool, whatever part of it asks. Named in the configuration and made by the library.
public final class SharedPoolProvider implements SlickDatabaseProvider {

    private final SlickDatabase slick;

    public SharedPoolProvider(ActorSystem system) {
        this.slick = system.settings()
                .setup()
                .get(SharedPool.class)
                .orElseThrow(() -> new IllegalStateException("the actor system was not started with Storage.setup"))
                .slick();
        system.registerOnTermination(() -> slick.database().close());
    }

    @Override
    public SlickDatabase database(Config plugin) {
        return slick;
    }
}
