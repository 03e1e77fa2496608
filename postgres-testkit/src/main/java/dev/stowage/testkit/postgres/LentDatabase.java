package dev.stowage.testkit.postgres;

/** A database that a test uses alone. */
public final class LentDatabase implements AutoCloseable {

    private final PostgresServer server;
    private final String url;

    LentDatabase(PostgresServer server, String url) {
        this.server = server;
        this.url = url;
    }

    /** {@code postgresql://postgres@127.0.0.1:PORT/NAME}. */
    public String url() {
        return url;
    }

    /** Returns it, for another test. Its tables are those that it was lent with. Connections that are still open are closed. */
    @Override
    public void close() {
        server.takeBack(url);
    }
}
