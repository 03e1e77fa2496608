package dev.stowage.it.store;

import dev.stowage.testkit.postgres.PostgresServer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** The stores and databases that the service is tested on. */
public enum StandKind {
    /** Files and database in the data folder. */
    EMBEDDED,
    /** An S3 server within the tests' own process; the database is in the data folder. */
    S3PROXY,
    /** LocalStack, in Docker or as a Python process; the database is in the data folder. */
    LOCALSTACK,
    /** PostgreSQL, with an S3 server like {@link #S3PROXY}. */
    POSTGRES,
    /** The store of an adapter of the tree, which is dropped into the service; see {@link AdapterBackend}. Only by its property. */
    ADAPTER;

    private static final String PROPERTY = "stowage.stands";

    Backend start() {
        return switch (this) {
            case EMBEDDED -> new Backend.Embedded();
            case S3PROXY -> S3ProxyBackend.start();
            case LOCALSTACK -> LocalStackBackend.start();
            case POSTGRES -> PostgresBackend.start();
            case ADAPTER -> AdapterBackend.start();
        };
    }

    /** Skips the running test, with the reason, where the kind is not available. */
    void assumeAvailable() {
        switch (this) {
            case LOCALSTACK ->
                Assumptions.assumeTrue(
                        LocalStackBackend.isAvailable(), "LocalStack needs Docker, or it-tests/localstack/install");
            case POSTGRES -> PostgresServer.shared();
            case EMBEDDED, S3PROXY, ADAPTER -> {
                // They need nothing, or what it-tests/adapter has checked.
            }
        }
    }

    /**
     * The kinds that a test class runs on: those of the system property {@code stowage.stands} if it is set, a list such as
     * {@code embedded,postgres}; otherwise those of its {@link RunsOn}; otherwise all but PostgreSQL.
     */
    static List<StandKind> of(Class<?> testClass) {
        String chosen = System.getProperty(PROPERTY, "");
        if (!chosen.isBlank()) {
            return Arrays.stream(chosen.split(",", -1))
                    .map(name -> valueOf(name.strip().toUpperCase(Locale.ROOT)))
                    .toList();
        }
        RunsOn declared = testClass.getAnnotation(RunsOn.class);
        return declared == null ? List.of(EMBEDDED, S3PROXY, LOCALSTACK) : List.of(declared.value());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
