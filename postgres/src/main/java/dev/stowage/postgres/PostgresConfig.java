package dev.stowage.postgres;

import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code DATABASE_} settings. {@link #toString} shows no password.
 *
 * @param hosts one or more of {@code HOST:PORT}, separated by commas; connections lead to the primary
 * @param user the database user
 * @param password empty when the server requires none or a client certificate
 * @param parameters parameters of the connection, such as {@code sslmode}, by the driver's names
 * @param poolSize the maximum number of connections of this process for queries and changes: 2 to 200
 */
public record PostgresConfig(
        String hosts,
        String database,
        String user,
        Optional<Secret> password,
        Map<String, String> parameters,
        int poolSize) {

    private static final String URL = "DATABASE_URL";
    private static final String USER = "DATABASE_USER";
    private static final String PASSWORD = "DATABASE_PASSWORD";
    private static final int DEFAULT_POOL_SIZE = 10;

    public PostgresConfig {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads the settings; problems are recorded in {@code settings}.
     *
     * @return empty when {@code DATABASE_URL} is not set, or when there is a problem
     */
    public static Optional<PostgresConfig> from(Settings settings) {
        Optional<String> text = settings.text(URL);
        Optional<String> user = settings.text(USER);
        Optional<Secret> password = settings.secret(PASSWORD);
        int poolSize = settings.number("DATABASE_POOL_SIZE", DEFAULT_POOL_SIZE, 2, 200);
        if (text.isEmpty()) {
            user.ifPresent(unused -> settings.problem(USER, "is set, but " + URL + " is not"));
            password.ifPresent(unused -> settings.problem(PASSWORD, "is set, but " + URL + " is not"));
            return Optional.empty();
        }
        DatabaseUrl url;
        try {
            url = DatabaseUrl.parse(text.get());
        } catch (IllegalArgumentException e) {
            settings.problem(URL, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (url.user().isPresent() && user.isPresent()) {
            settings.problem(USER, "is set, but " + URL + " has a user name; set one of them");
            return Optional.empty();
        }
        if (url.password().isPresent() && password.isPresent()) {
            settings.problem(PASSWORD, "is set, but " + URL + " has a password; set one of them");
            return Optional.empty();
        }
        Optional<String> known = url.user().or(() -> user);
        if (known.isEmpty()) {
            settings.problem(USER, "is not set, and " + URL + " has no user name");
        }
        return known.map(name -> new PostgresConfig(
                url.hosts(), url.database(), name, url.password().or(() -> password), url.parameters(), poolSize));
    }

    /** The database in messages: {@code HOST:PORT/DATABASE}. */
    String place() {
        return hosts + "/" + database;
    }
}
