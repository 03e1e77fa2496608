package dev.stowage.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A PostgreSQL server on this machine, with the settings that it comes with: each commit is written to the disk. */
public final class Postgres implements AutoCloseable {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Pattern READY = Pattern.compile("(ready to accept connections)");
    private static final int SECONDS = 60;

    private final Path programs;
    private final Path folder;
    private final Server server;

    private Postgres(Path programs, Path folder, Server server) {
        this.programs = programs;
        this.folder = folder;
        this.server = server;
    }

    /** The folder of PostgreSQL's programs: {@code POSTGRES}, or the newest in Debian's folder; empty when there is none. */
    public static Optional<Path> programs() throws IOException {
        String named = System.getenv().getOrDefault("POSTGRES", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    /** Starts a new server, with its files in {@code folder}. */
    public static Postgres start(Path programs, Path folder) throws Exception {
        Files.createDirectories(folder);
        Path data = folder.resolve("data");
        run(
                folder,
                command(
                        programs,
                        "initdb",
                        "-D",
                        data.toString(),
                        "-U",
                        "stowage",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C"));
        int port = Servers.freePort();
        List<String> command = command(
                programs,
                "postgres",
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=200");
        ChildProcess child = ChildProcess.start(command, folder, Map.of(), folder.resolve("log"));
        String unused = child.await(READY, SECONDS);
        return new Postgres(programs, folder, new Server(child, port));
    }

    /** Creates a database, and returns its URL. */
    public String newDatabase(String name) throws Exception {
        String port = Integer.toString(server.port());
        run(
                folder,
                List.of(programs.resolve("createdb").toString(), "-h", "127.0.0.1", "-p", port, "-U", "stowage", name));
        return "postgresql://stowage@127.0.0.1:" + port + "/" + name;
    }

    @Override
    public void close() {
        server.close();
    }

    /** The server refuses to run as root; in a user namespace of its own it is somebody else. */
    private static List<String> command(Path programs, String program, String... options) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(options));
        return command;
    }

    private static void run(Path folder, List<String> command) throws Exception {
        Path log = folder.resolve("setup.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " failed:\n" + Files.readString(log));
        }
    }
}
