package dev.stowage.bench.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts servers.
 *
 * @param root of the project
 * @param work the folder for their files and logs
 */
public record Servers(Path root, Path work) {

    private static final Pattern LISTENING = Pattern.compile("listening on http://[^\\s:]+:(\\d+)");
    private static final Pattern PAIR = Pattern.compile("AWS_ACCESS_KEY_ID=(\\S+)\\s+AWS_SECRET_ACCESS_KEY=(\\S+)");
    private static final int START_SECONDS = 60;

    /** The service from its jar, with JVM options. */
    public Server stowage(String name, Map<String, String> settings, List<String> jvm) throws Exception {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar().toString(), "serve"));
        return started(name, command, settings);
    }

    /** The service from the jar of another version; empty when {@code BASELINE} does not name one. */
    public Optional<Server> baseline(String name, Map<String, String> settings) throws Exception {
        String jar = System.getenv().getOrDefault("BASELINE", "");
        if (jar.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(started(name, List.of(java(), "-jar", jar, "serve"), settings));
    }

    /** The service through its launcher script, which chooses further options, with JVM options. */
    public Server launched(String name, Map<String, String> settings, String options) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("STOWAGE_JAVA_OPTS", options);
        return started(name, List.of(root.resolve("stowage").toString(), "serve"), all);
    }

    /** A server of S3 with a key pair for it. */
    public record S3Server(Server server, String accessKey, String secretKey) {}

    /** The S3 API of the service, which verifies signatures, with settings. The name is also that of the bucket. */
    public S3Server s3Api(String name, Map<String, String> settings) throws Exception {
        Path folder = Files.createDirectories(work.resolve(name));
        int port = freePort();
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of(
                "DATA_DIR",
                folder.resolve("data").toString(),
                "AUTH_MODE",
                "keys",
                "S3_API_PORT",
                Integer.toString(port),
                "S3_API_BUCKETS",
                name + "="));
        List<String> command =
                List.of(java(), "-jar", jar().toString(), "keys", "create", "--name", name, "--all-files", "--s3");
        Matcher pair = PAIR.matcher(ChildProcess.run(command, folder, all, work.resolve(name + "-keys.log")));
        if (!pair.find()) {
            throw new IOException("no key pair was created");
        }
        return new S3Server(new Server(stowage(name, all, List.of()).process(), port), pair.group(1), pair.group(2));
    }

    /** The service through its launcher script, which chooses the options, on a JDK; returns at once. */
    public Server launching(String name, Map<String, String> settings, Path javaHome, int port) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("JAVA_HOME", javaHome.toString());
        Path folder = Files.createDirectories(work.resolve(name));
        all.put("DATA_DIR", folder.resolve("data").toString());
        List<String> command = List.of(root.resolve("stowage").toString(), "serve");
        return new Server(ChildProcess.start(command, folder, all, work.resolve(name + ".log")), port);
    }

    /** The S3 store of the benchmarks, with its files in {@code data}. */
    public Server store(Path data) throws Exception {
        Files.createDirectories(data);
        List<String> command = List.of(
                java(),
                "-Xmx128m",
                // A buffer for each connection.
                "-XX:MaxDirectMemorySize=1g",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stowage.bench.store.StoreServer");
        List<String> full = new ArrayList<>(command);
        full.add(data.toString());
        return started("store", full, Map.of());
    }

    /**
     * versitygw, an S3 server that verifies signatures, with its files and a bucket in {@code data}; empty when {@code VERSITYGW} does not
     * name its binary.
     */
    public Optional<Server> versitygw(Path data, String bucket, String accessKey, String secretKey) throws Exception {
        Optional<Path> program = named("VERSITYGW");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(data.resolve(bucket));
        int port = freePort();
        List<String> command = List.of(
                program.get().toString(),
                "--quiet",
                "--port=127.0.0.1:" + port,
                "--access=" + accessKey,
                "--secret=" + secretKey,
                "posix",
                data.toString());
        return Optional.of(listening("versitygw", command, Map.of(), port));
    }

    /** MinIO with its files in {@code data}; empty when {@code MINIO} does not name its binary. */
    public Optional<Server> minio(Path data, String accessKey, String secretKey) throws Exception {
        Optional<Path> program = named("MINIO");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(data);
        int port = freePort();
        List<String> command = List.of(
                program.get().toString(),
                "server",
                "--quiet",
                "--address=127.0.0.1:" + port,
                "--console-address=127.0.0.1:" + freePort(),
                data.toString());
        Map<String, String> settings = Map.of("MINIO_ROOT_USER", accessKey, "MINIO_ROOT_PASSWORD", secretKey);
        return Optional.of(listening("minio", command, settings, port));
    }

    /**
     * tusd, with the options for its store; empty when {@code TUSD} does not name its binary.
     *
     * @param uploads the path where uploads are created
     */
    public Optional<Server> tusd(String name, String uploads, List<String> options, Map<String, String> settings)
            throws Exception {
        Optional<Path> program = named("TUSD");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of(program.get().toString(), "-host=127.0.0.1", "-port=" + port, "-base-path=" + uploads));
        command.addAll(options);
        return Optional.of(listening(name, command, settings, port));
    }

    /** nginx with a configuration that contains {@code @PORT@} for its port; empty when it is not installed. */
    public Optional<Server> nginx(String name, String configuration) throws Exception {
        Optional<Path> program = nginxProgram();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createDirectories(work.resolve(name));
        int port = freePort();
        Path file = folder.resolve("nginx.conf");
        Files.writeString(
                file,
                configuration
                        .replace("@PORT@", Integer.toString(port))
                        .replace("@FOLDER@", folder.toString())
                        // The workers of a master that runs as root could not write there.
                        .replace("@USER@", System.getProperty("user.name")));
        List<String> command = List.of(program.get().toString(), "-p", folder.toString(), "-c", file.toString());
        return Optional.of(listening(name, command, Map.of(), port));
    }

    /** The path of nginx, if it is installed. */
    public static Optional<Path> nginxProgram() {
        String named = System.getenv().getOrDefault("NGINX", "");
        return Stream.of(named, "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Path jar() {
        return root.resolve("app/target/stowage.jar");
    }

    /** Starts a server that does not say when it is ready, and waits until it accepts connections. */
    private Server listening(String name, List<String> command, Map<String, String> settings, int port)
            throws Exception {
        Path folder = Files.createDirectories(work.resolve(name));
        Server server = new Server(ChildProcess.start(command, folder, settings, work.resolve(name + ".log")), port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!accepts(server)) {
            if (System.nanoTime() > deadline) {
                server.close();
                throw new IOException(name + " did not start; see its log in " + work);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return server;
    }

    private static boolean accepts(Server server) {
        try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The program that an environment variable names, if it is one. */
    private static Optional<Path> named(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(Path::of).filter(Files::isExecutable);
    }

    private Server started(String name, List<String> command, Map<String, String> settings) throws Exception {
        Path folder = Files.createDirectories(work.resolve(name));
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("HTTP_PORT", "0");
        all.putIfAbsent("DATA_DIR", folder.resolve("data").toString());
        ChildProcess child = ChildProcess.start(command, folder, all, work.resolve(name + ".log"));
        return new Server(child, Integer.parseInt(child.await(LISTENING, START_SECONDS)));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
