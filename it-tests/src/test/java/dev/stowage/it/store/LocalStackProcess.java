package dev.stowage.it.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** LocalStack as a Python process on loopback, from the virtual environment created by {@code it-tests/localstack/install}. */
final class LocalStackProcess implements AutoCloseable {

    /** The variable that makes LocalStack verify the signatures of signed URLs when it is 0. */
    static final String CHECKED_SIGNATURES = "S3_SKIP_SIGNATURE_VALIDATION";

    private static final Path PYTHON =
            Path.of("localstack", "venv", "bin", "python").toAbsolutePath();
    /** Selects the service of LocalStack; it verifies no signatures except those of signed URLs. */
    private static final String UNCHECKED_SIGNATURE = "AWS4-HMAC-SHA256 "
            + "Credential=test/20250101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=none";

    private static final Duration START = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 100;
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final Path folder;
    private final URI endpoint;

    private LocalStackProcess(Process process, Path folder, URI endpoint) {
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PYTHON);
    }

    /**
     * Starts LocalStack and waits until it responds.
     *
     * @throws IllegalStateException when it exits instead, or does not respond within a minute; the message contains its output
     */
    static LocalStackProcess start() {
        Path folder = Folders.create();
        try {
            int port = freePort();
            LocalStackProcess started =
                    new LocalStackProcess(launch(folder, port), folder, URI.create("http://127.0.0.1:" + port));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }

    private static Process launch(Path folder, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), "-m", "localstack.runtime.main")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile());
        Map<String, String> environment = builder.environment();
        environment.put("SERVICES", "s3");
        environment.put("GATEWAY_LISTEN", "127.0.0.1:" + port);
        // Several may run at once, also in containers of a build server, so each has its own folder.
        environment.put("FILESYSTEM_ROOT", folder.toString());
        environment.put("OVERRIDE_IN_DOCKER", "0");
        environment.put(CHECKED_SIGNATURES, "0");
        environment.put("DISABLE_EVENTS", "1");
        environment.put("SKIP_SSL_CERT_DOWNLOAD", "1");
        environment.put("DNS_ADDRESS", "0");
        return builder.start();
    }

    private void awaitReady() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        // Lists buckets, because S3 is loaded with its first request, which takes seconds.
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Authorization", UNCHECKED_SIGNATURE)
                .timeout(START)
                .build();
        long end = System.nanoTime() + START.toNanos();
        try {
            while (!answers(client, request)) {
                if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    String output = Files.readString(log(folder));
                    close();
                    throw new IllegalStateException("LocalStack did not start:\n" + output);
                }
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while LocalStack started", e);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
