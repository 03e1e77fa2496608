package dev.stowage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.testkit.postgres.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenDatabaseTest {

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void open_serverThatIsNoPrimary_isUnavailable() {
        String standby = server.newDatabase();
        server.execute(
                "postgres", "ALTER DATABASE " + TestConfigs.name(standby) + " SET default_transaction_read_only = on");

        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of(standby)))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("primary");
    }

    @Test
    void open_wrongPassword_isRejected_withoutShowingIt() {
        PostgresConfig config = TestConfigs.of(
                server.url(TestConfigs.name(TestConfigs.migrated()), "locked"),
                Map.of("DATABASE_PASSWORD", "terriblywrong"));

        assertThatThrownBy(() -> PostgresDatabase.open(config))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("password authentication failed for user \"locked\"")
                .hasMessageContaining("127.0.0.1:" + server.port())
                .satisfies(e -> {
                    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("terriblywrong");
                    }
                });
    }

    @Test
    void open_userWithoutPermissions_isRejected() {
        PostgresConfig config = TestConfigs.of(
                server.url(TestConfigs.name(server.newDatabase()), "locked"), Map.of("DATABASE_PASSWORD", "right"));

        assertThatThrownBy(() -> PostgresDatabase.open(config))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("has no tables yet, and the user may not change them; run 'stowage migrate'");
    }

    @Test
    void open_missingDatabase_isRejected() {
        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of(server.url("nothere", "postgres"))))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("nothere");
    }

    @Test
    void open_nobodyListens_isUnavailable() {
        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of("postgresql://u@127.0.0.1:1/files")))
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("127.0.0.1:1/files");
    }

    @Test
    void open_severalHosts_findsTheOneThatIsThere() {
        String both = TestConfigs.migrated().replace("@127.0.0.1:", "@127.0.0.1:1,127.0.0.1:");

        try (PostgresDatabase other = PostgresDatabase.open(TestConfigs.of(both))) {
            assertThat(other.<Integer>read(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one()))
                    .isEqualTo(1);
        }
    }

    @Test
    void open_textNotUtf8_isRejected() {
        server.execute(
                "postgres",
                "CREATE DATABASE latin ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0");

        assertThatThrownBy(() -> PostgresDatabase.open(TestConfigs.of(server.url("latin", "postgres"))))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContaining("must be UTF8");
    }
}
