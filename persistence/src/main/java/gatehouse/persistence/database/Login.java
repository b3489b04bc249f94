package gatehouse.persistence.database;

import gatehouse.config.settings.ConfigReader;
import gatehouse.config.settings.Secret;

/// Who we are to the database.
public record Login(String user, Secret password) {

    static Login read(ConfigReader at) {
        return new Login(
                at.optionalText("user").orElse(""),
                at.optionalSecret("password").orElse(new Secret("")));
    }
}
