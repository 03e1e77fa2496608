package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Payload;
import dev.stowage.bench.client.Receiver;
import dev.stowage.bench.client.SdkStore;
import dev.stowage.bench.process.Postgres;
import dev.stowage.bench.process.Server;
import dev.stowage.bench.process.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers shared by scenarios, started on demand. For one thread; closes what it started. */
public final class TestBed implements AutoCloseable {

    /** The bucket in the store. */
    static final String BUCKET = "bench";

    /** The path where tusd creates uploads. */
    static final String TUSD_UPLOADS = "/files/";

    /** The credentials in the store. */
    private static final String ACCESS_KEY = "bench";

    private static final String SECRET_KEY = "secret";

    private static final String PROXY = """
            daemon off; user @USER@; worker_processes auto; pid @FOLDER@/pid; error_log stderr warn;
            events { worker_connections 2048; }
            http {
              access_log off; sendfile on; tcp_nopush on; client_max_body_size 0; client_body_temp_path @FOLDER@/body;
              proxy_temp_path @FOLDER@/proxy; fastcgi_temp_path @FOLDER@/f; uwsgi_temp_path @FOLDER@/u; scgi_temp_path @FOLDER@/s;
              upstream store { server 127.0.0.1:@STORE@; keepalive 300; }
              server { listen 127.0.0.1:@PORT@ backlog=1024;
                location / { proxy_pass http://store; proxy_http_version 1.1; proxy_set_header Connection "";
                             proxy_set_header Host 127.0.0.1:@STORE@;
                             proxy_request_buffering off; proxy_max_temp_file_size 0;
                             proxy_buffer_size 64k; proxy_buffers 8 64k; proxy_busy_buffers_size 128k; } }
            }
            """;

    private static final String FILES = """
            daemon off; user @USER@; worker_processes auto; pid @FOLDER@/pid; error_log stderr warn;
            events { worker_connections 2048; }
            http {
              access_log off; sendfile on; tcp_nopush on; client_max_body_size 0; client_body_temp_path @FOLDER@/body;
              proxy_temp_path @FOLDER@/p; fastcgi_temp_path @FOLDER@/f; uwsgi_temp_path @FOLDER@/u; scgi_temp_path @FOLDER@/s;
              server { listen 127.0.0.1:@PORT@ backlog=1024; root @FOLDER@/files;
                location / { dav_methods PUT; create_full_put_path on; } }
            }
            """;

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final int WARM_UP_CLIENTS = 8;
    private static final int WARM_UP_TURNS = 50;
    private static final long WARM_UP_BYTES = 100 << 10;

    private final Servers servers;
    private final Path memory;
    private final Payload payload = new Payload();
    private final Map<String, Server> started = new HashMap<>();
    private final Deque<Runnable> open = new ArrayDeque<>();
    private Optional<Postgres> postgres = Optional.empty();

    /**
     * Creates a test bed.
     *
     * @param memory a folder that is preferably in memory, so that the store is never the bottleneck
     */
    public TestBed(Servers servers, Path memory) {
        this.servers = servers;
        this.memory = memory;
    }

    Servers servers() {
        return servers;
    }

    Payload payload() {
        return payload;
    }

    /** The S3 store of the benchmarks, which is always fast because it verifies nothing. */
    Server store() throws Exception {
        return server("store", () -> servers.store(memory.resolve("store")));
    }

    /** The SDK on a store. */
    SdkStore sdk(Server store) {
        return sdk(store, ACCESS_KEY, SECRET_KEY);
    }

    private SdkStore sdk(Server store, String accessKey, String secretKey) {
        SdkStore sdk = new SdkStore(store.port(), accessKey, secretKey, payload);
        open.push(sdk::close);
        return sdk;
    }

    /** The SDK on the S3 API of the service with the local store, with its data on disk. */
    S3Use s3Api() throws Exception {
        Servers.S3Server service = servers.s3Api(BUCKET, localSettings());
        open.push(service.server()::close);
        SdkStore sdk = sdk(service.server(), service.accessKey(), service.secretKey());
        for (long end = System.nanoTime() + WARM_UP.toNanos(); System.nanoTime() < end; ) {
            Crowd.run(WARM_UP_CLIENTS, WARM_UP_TURNS, (client, turn) -> {
                sdk.put("w/" + client, WARM_UP_BYTES);
                sdk.get("w/" + client);
            });
        }
        return new S3Use(service.server(), sdk);
    }

    /** The SDK on versitygw, with its data on disk; empty when it is not installed. */
    Optional<S3Use> versitygwOnDisk() throws Exception {
        return optional(
                        "versitygw-disk",
                        () -> servers.versitygw(
                                servers.work().resolve("versitygw-data"), BUCKET, ACCESS_KEY, SECRET_KEY))
                .map(server -> new S3Use(server, sdk(server)));
    }

    /** The SDK on MinIO, with its data on disk; empty when it is not installed. */
    Optional<S3Use> minio() throws Exception {
        // It refuses shorter secrets.
        String secretKey = SECRET_KEY + "-" + SECRET_KEY;
        Optional<S3Use> minio = optional(
                        "minio", () -> servers.minio(servers.work().resolve("minio-data"), ACCESS_KEY, secretKey))
                .map(server -> new S3Use(server, sdk(server, ACCESS_KEY, secretKey)));
        if (minio.isPresent()) {
            minio.get().sdk().createBucket();
        }
        return minio;
    }

    /** versitygw, an S3 store that verifies signatures; empty when it is not installed. */
    Optional<Server> versitygw() throws Exception {
        return optional(
                "versitygw", () -> servers.versitygw(memory.resolve("versitygw"), BUCKET, ACCESS_KEY, SECRET_KEY));
    }

    /** The service on a store. */
    Server on(String name, Server store) throws Exception {
        return server(name, () -> warm(servers.stowage(name, settings(store), List.of())));
    }

    /** tusd with files on disk; empty when it is not installed. */
    Optional<Server> tusd() throws Exception {
        return optional(
                "tusd",
                () -> servers.tusd(
                        "tusd",
                        TUSD_UPLOADS,
                        List.of("-upload-dir=" + servers.work().resolve("tusd").resolve("files")),
                        Map.of()));
    }

    /** tusd on a store; empty when it is not installed. */
    Optional<Server> tusd(Server store) throws Exception {
        return optional(
                "tusd-s3",
                () -> servers.tusd(
                        "tusd-s3",
                        TUSD_UPLOADS,
                        List.of(
                                "-s3-bucket=" + BUCKET,
                                "-s3-object-prefix=tusd/",
                                "-s3-endpoint=http://127.0.0.1:" + store.port()),
                        Map.of(
                                "AWS_ACCESS_KEY_ID", ACCESS_KEY,
                                "AWS_SECRET_ACCESS_KEY", SECRET_KEY,
                                "AWS_REGION", "us-east-1")));
    }

    /** The service on that store. */
    Server s3() throws Exception {
        return on("s3", store());
    }

    /** A service with settings of its own, under a name that no other server has. */
    Server warmed(String name, Map<String, String> settings) throws Exception {
        return server(name, () -> warm(servers.stowage(name, settings, List.of())));
    }

    /** The service in another version, with settings of its own; empty when none is named. */
    Optional<Server> baseline(String name, Map<String, String> settings) throws Exception {
        Optional<Server> service = optional(name, () -> servers.baseline(name, settings));
        if (service.isPresent()) {
            return Optional.of(warm(service.get()));
        }
        return service;
    }

    /** A receiver of webhooks. */
    Receiver receiver() throws IOException {
        Receiver receiver = new Receiver();
        open.push(receiver::close);
        return receiver;
    }

    /** The settings of a service for that store. */
    Map<String, String> s3Settings() throws Exception {
        return settings(store());
    }

    /** The settings of a service for an S3 store. */
    static Map<String, String> settings(Server store) {
        return Map.of(
                "S3_ENDPOINT_URL",
                "http://127.0.0.1:" + store.port(),
                "S3_BUCKET_NAME",
                BUCKET,
                "S3_ACCESS_KEY_ID",
                ACCESS_KEY,
                "S3_SECRET_ACCESS_KEY",
                SECRET_KEY,
                "S3_PAYLOAD_SIGNING",
                "never",
                "S3_MAX_FILE_SIZE",
                "4GiB",
                "KEY_LAYOUT",
                "open");
    }

    /** The service on the local store, with its data on disk. */
    Server local() throws Exception {
        return server("local", () -> warm(servers.stowage("local", localSettings(), List.of())));
    }

    /** The settings of a service for the local store. */
    Map<String, String> localSettings() {
        return Map.of("S3_MAX_FILE_SIZE", "4GiB", "KEY_LAYOUT", "open");
    }

    /** A PostgreSQL server; empty when it is not installed. */
    Optional<Postgres> postgres() throws Exception {
        Optional<Path> programs = Postgres.programs();
        if (postgres.isEmpty() && programs.isPresent()) {
            Postgres server = Postgres.start(programs.get(), servers.work().resolve("postgres"));
            open.push(server::close);
            postgres = Optional.of(server);
        }
        return postgres;
    }

    /** nginx as a proxy to the store; empty when it is not installed. */
    Optional<Server> proxy() throws Exception {
        return proxy("nginx-proxy", store());
    }

    /** nginx as a proxy to another store, to which it passes signed URLs unchanged; empty when it is not installed. */
    Optional<Server> proxy(String name, Server store) throws Exception {
        String configuration = PROXY.replace("@STORE@", Integer.toString(store.port()));
        return optional(name, () -> servers.nginx(name, configuration));
    }

    /** nginx with files, which it serves and stores by {@code PUT}; empty when it is not installed. */
    Optional<Server> files() throws Exception {
        Files.createDirectories(filesRoot());
        return optional("nginx-files", () -> servers.nginx("nginx-files", FILES));
    }

    /** The folder of that nginx's files. */
    Path filesRoot() {
        return servers.work().resolve("nginx-files").resolve("files");
    }

    /** Small requests cost several times as much before the JVM has compiled their code. */
    private Server warm(Server service) throws Exception {
        for (long end = System.nanoTime() + WARM_UP.toNanos(); System.nanoTime() < end; ) {
            Crowd.run(service.address(), WARM_UP_CLIENTS, WARM_UP_TURNS, (connection, client, turn) -> {
                String key = "w/" + client;
                connection.put(Paths.put(key), payload, WARM_UP_BYTES);
                connection.form(Paths.FILES + "upload", key, payload, WARM_UP_BYTES);
                connection.request("GET", Paths.download(key));
                connection.request("HEAD", Paths.exists(key));
                connection.request("GET", Paths.metadata(key));
            });
        }
        return service;
    }

    @Override
    public void close() {
        for (Runnable one = open.poll(); one != null; one = open.poll()) {
            one.run();
        }
    }

    /** The server of that name, started if necessary. */
    Server server(String name, Start<Server> start) throws Exception {
        return optional(name, () -> Optional.of(start.run())).orElseThrow();
    }

    private Optional<Server> optional(String name, Start<Optional<Server>> start) throws Exception {
        if (!started.containsKey(name)) {
            Optional<Server> server = start.run();
            if (server.isEmpty()) {
                return server;
            }
            open.push(server.get()::close);
            started.put(name, server.get());
        }
        return Optional.of(started.get(name));
    }

    /** A server of S3, and the client that uses it. */
    record S3Use(Server server, SdkStore sdk) {}

    /** Starts a server. */
    @FunctionalInterface
    interface Start<T> {
        T run() throws Exception;
    }
}
