package gatehouse.persistence.database;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.storage`: which database, and how long to wait for it.
public record DatabaseSettings(
        String url, Login login, Connections connections, Duration connectionTimeout, Duration answerTimeout) {

    /// Who does not share connections does not wait for another's: each use has its own number of them.
    public record Connections(int states, int outbox, int queries) {

        static Connections read(ConfigReader at) {
            return new Connections(
                    at.integer("states", 1, 64), at.integer("outbox", 1, 16), at.integer("queries", 1, 64));
        }

        /// Two more than all uses together: for purging, and for the lease.
        public int all() {
            return states + outbox + queries + 2;
        }
    }

    public static DatabaseSettings read(ConfigReader at) {
        var url = at.text("url");
        at.check("url", Engine.of(url).isPresent(), "starts with neither jdbc:h2: nor jdbc:postgresql:");
        at.check(
                "url",
                !url.toLowerCase(java.util.Locale.ROOT).contains("password="),
                "holds a password; use password-file");
        return new DatabaseSettings(
                url,
                Login.read(at),
                Connections.read(at.at("connections")),
                at.duration("connection-timeout", Duration.ofMillis(250), Duration.ofMinutes(1)),
                at.duration("answer-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)));
    }

    public Engine engine() {
        return Engine.of(url).orElseThrow(() -> new IllegalStateException("no engine for " + url));
    }
}
