package gatehouse.persistence;

import gatehouse.config.settings.ConfigReader;
import gatehouse.persistence.database.DatabaseSettings;
import gatehouse.persistence.outbox.OutboxSettings;

/// `gateway.storage`: where and how the gateway remembers.
public record StorageSettings(DatabaseSettings database, OutboxSettings outbox, int queries) {

    public static StorageSettings read(ConfigReader at) {
        return new StorageSettings(
                DatabaseSettings.read(at), OutboxSettings.read(at.at("outbox")), at.integer("queries", 1, 100_000));
    }
}
