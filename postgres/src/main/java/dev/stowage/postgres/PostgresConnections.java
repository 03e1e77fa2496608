package dev.stowage.postgres;

import com.zaxxer.hikari.HikariConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** Creates connections. Every wait is bounded: by timeouts of the server and, in case the server is gone, of the client. */
final class PostgresConnections {

    /** For each host. */
    private static final Duration CONNECTING = Duration.ofSeconds(2);

    /** How long a caller waits for a connection of the pool. */
    private static final Duration LENDING = Duration.ofSeconds(5);

    private static final Duration STATEMENT = Duration.ofSeconds(15);
    private static final Duration LOCK = Duration.ofSeconds(5);
    /** So that a suspended process does not hold locks that others wait for. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);
    /** Longer than any statement, so that only connections to servers that don't respond are closed. */
    private static final Duration SOCKET_TIMEOUT = STATEMENT.plusSeconds(5);

    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final int LEAST_IDLE = 2;

    private final PostgresConfig config;

    PostgresConnections(PostgresConfig config) {
        this.config = config;
    }

    /** The settings of a pool of connections for queries and changes. */
    HikariConfig pool() {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("stowage-postgres");
        pool.setDataSource(source(
                Map.of(
                        "statement_timeout", millis(STATEMENT),
                        "lock_timeout", millis(LOCK),
                        "idle_in_transaction_session_timeout", millis(IDLE_IN_TRANSACTION)),
                SOCKET_TIMEOUT));
        pool.setMaximumPoolSize(config.poolSize());
        pool.setMinimumIdle(LEAST_IDLE);
        pool.setConnectionTimeout(LENDING.toMillis());
        pool.setMaxLifetime(LIFETIME.toMillis());
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    /** Connections for changes of the schema. These may take long, but don't wait long for a lock, as others queue behind them. */
    PGSimpleDataSource migrations() {
        return source(Map.of("lock_timeout", millis(LOCK)), Duration.ZERO);
    }

    /** A connection for a few quick statements, and for notifications. */
    Connection single() throws SQLException {
        return source(Map.of("statement_timeout", millis(STATEMENT)), SOCKET_TIMEOUT)
                .getConnection();
    }

    private PGSimpleDataSource source(Map<String, String> serverSettings, Duration silence) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://" + config.hosts() + "/"
                + URLEncoder.encode(config.database(), StandardCharsets.UTF_8).replace("+", "%20"));
        source.setUser(config.user());
        config.password().ifPresent(password -> source.setPassword(password.value()));
        source.setLoginTimeout((int) LENDING.toSeconds());
        source.setConnectTimeout((int) CONNECTING.toSeconds());
        source.setSocketTimeout((int) silence.toSeconds());
        source.setTcpKeepAlive(true);
        source.setApplicationName("stowage");
        // After a failover, a connection to the former primary is useless.
        source.setTargetServerType("primary");
        // A statement is prepared on the server once a connection has run it this many times.
        source.setPrepareThreshold(3);
        try {
            for (Map.Entry<String, String> parameter : config.parameters().entrySet()) {
                source.setProperty(parameter.getKey(), parameter.getValue());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the driver does not know a parameter", e);
        }
        source.setOptions(options(serverSettings));
        return source;
    }

    /** The operator's options come last, so they override these. */
    private String options(Map<String, String> serverSettings) {
        String ours = serverSettings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
        return ours + " -c default_transaction_isolation=read\\ committed -c jit=off "
                + config.parameters().getOrDefault("options", "");
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
