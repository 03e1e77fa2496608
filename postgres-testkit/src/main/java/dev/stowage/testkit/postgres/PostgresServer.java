package dev.stowage.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server on the loopback address. Its databases sort by the rules of English, so that a test notices a
 * comparison that is not by bytes. It survives {@link #kill} like a real one, except that nothing is flushed to the disk.
 *
 * <p>The user {@code postgres} needs no password; {@code locked} has the password {@code right}.
 *
 * <p>On platforms other than Linux on x86-64, methods that start a server skip the running test.
 */
public final class PostgresServer implements AutoCloseable {

    /** Started by the first test that needs it, and stopped when the process ends. */
    private static final class Shared {
        private static final PostgresServer SERVER = new PostgresServer();
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        /** The server may delete its files at the same time. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final Duration STARTING = Duration.ofMinutes(1);
    private static final String ADDRESS = "127.0.0.1";

    /** Copies files instead of logging each page, which takes several times as long. */
    private static final String BY_FILES = " STRATEGY FILE_COPY";

    private final AtomicInteger databases = new AtomicInteger();
    private final Set<String> templates = new HashSet<>();
    private final Deque<String> returned = new ConcurrentLinkedDeque<>();
    private final Path directory;
    private final int port;
    private volatile EmbeddedPostgres server;

    private PostgresServer() {
        try {
            directory = Files.createTempDirectory("stowage-postgres");
            port = freePort();
            server = launch();
            execute(
                    "postgres",
                    "CREATE ROLE locked LOGIN PASSWORD 'right'",
                    // Rules apply in order; the one that lets everybody in without a password follows.
                    "COPY (SELECT 'host all locked all scram-sha-256' UNION ALL"
                            + " SELECT 'host all postgres all trust') TO '" + directory.resolve("data/pg_hba.conf")
                            + "'",
                    "SELECT pg_reload_conf()");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "postgres-server-closer"));
    }

    /** The server that all tests of this process share; they must not kill it. */
    public static PostgresServer shared() {
        assumeSupported();
        return Shared.SERVER;
    }

    /** Starts another server, which takes a few seconds. */
    public static PostgresServer start() {
        assumeSupported();
        return new PostgresServer();
    }

    /** Skips the running test where the server's binaries don't run. */
    private static void assumeSupported() {
        String system = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
        Assumptions.assumeTrue(
                List.of("linux amd64", "linux x86_64").contains(system.toLowerCase(Locale.ROOT)),
                "PostgreSQL for tests runs on Linux on x86-64 only");
    }

    /** Creates an empty database, and returns its URL: {@code postgresql://postgres@127.0.0.1:PORT/NAME}. */
    public String newDatabase() {
        String name = "test" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + BY_FILES);
        return url(name, "postgres");
    }

    /**
     * Creates a copy of a database, and returns its URL. It is much quicker than creating all tables again.
     *
     * @param template the name of the database, which no one uses; it is created if it does not exist
     * @param prepare fills the new template; takes its URL
     */
    public synchronized String copyOf(String template, Consumer<String> prepare) {
        if (templates.add(template)) {
            execute("postgres", "CREATE DATABASE " + template);
            prepare.accept(url(template, "postgres"));
            execute(template, script("remember_rows.sql"));
        }
        String name = "test" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template + BY_FILES);
        return url(name, "postgres");
    }

    /**
     * Lends a database with the tables of the service's current version. One that was returned is lent again with the rows of a new one,
     * which takes a small part of the time of a copy.
     *
     * @param migrate creates the tables; takes the URL of an empty database
     */
    public LentDatabase lend(Consumer<String> migrate) {
        String url = returned.poll();
        return new LentDatabase(this, url == null ? copyOf("migrated", migrate) : url);
    }

    /** Takes a database back; connections that are still open are closed. */
    void takeBack(String url) {
        execute(url.substring(url.lastIndexOf('/') + 1), script("restore_rows.sql"));
        returned.push(url);
    }

    /** A resource of this package. */
    static String script(String name) {
        try (InputStream script = PostgresServer.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of a database of this server. */
    public String url(String database, String user) {
        return "postgresql://" + user + "@" + ADDRESS + ":" + port + "/" + database;
    }

    /** The port of this server, which remains the same after {@link #restart}. */
    public int port() {
        return port;
    }

    /** Runs statements, each in a transaction of its own, as the superuser. */
    public void execute(String database, String... statements) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the test's database refused a statement", e);
        }
    }

    /** Ends all processes of the server at once, with SIGKILL. */
    public void kill() {
        try {
            long pid = Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                    .get(0)
                    .strip());
            ProcessHandle main = ProcessHandle.of(pid).orElseThrow();
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(main), main.descendants()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .orTimeout(STARTING.toSeconds(), TimeUnit.SECONDS)
                    .join();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again after {@link #kill}, on the same port and with the same databases. */
    public void restart() {
        try {
            server = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its files. Idempotent. */
    @Override
    public void close() {
        try {
            server.close();
            awaitEnd();
            if (Files.exists(directory)) {
                Files.walkFileTree(directory, new Deletion());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At the end of the process, another thread may be stopping the server, too. */
    private void awaitEnd() {
        long deadline = System.nanoTime() + STARTING.toNanos();
        try {
            while (Files.exists(directory.resolve("data/postmaster.pid")) && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(STARTING)
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("locale-provider", "icu")
                .setLocaleConfig("icu-locale", "en-US")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("deadlock_timeout", "100ms")
                // It would visit hundreds of databases in turn.
                .setServerConfig("autovacuum", "off")
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
