package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in its own process, with a {@code .env} file in its working folder. */
@Timeout(60)
class ProcessTest {

    private static final Pattern URL = Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+), ");

    @TempDir
    private Path folder;

    @Test
    void serve_answers_logsJson_andExitsWithZeroWhenTerminated() throws Exception {
        Process process = serve("""
                HTTP_PORT=0
                STORAGE_ADAPTER=memory
                S3_SECRET_ACCESS_KEY=hunter2
                LOG_LEVEL=trace
                AUDIT_LOG_FILE=stdout
                """);
        List<String> log = new ArrayList<>();
        try (var lines = process.inputReader()) {
            String url = awaitUrl(lines, log);
            assertThat(statusOf(url + "/api/v1/s3/exists/raw/p/a.txt")).isEqualTo(404);

            // Process.destroy would close the streams as well.
            process.toHandle().destroy();

            lines.lines().forEach(log::add);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(folder.resolve("err"))).isEmpty();
        for (String line : log) {
            assertThat(new ObjectMapper().readTree(line).get("level").isTextual())
                    .isTrue();
            assertThat(line).doesNotContain("hunter2");
        }
        assertThat(log.get(log.size() - 1)).contains("\"Ended\"");
        assertThat(log).anyMatch(line -> line.contains("\"logger\":\"audit\"") && line.contains("\"service.start\""));
        assertThat(folder.resolve("data/audit.jsonl")).doesNotExist();
    }

    @Test
    void serve_withAnInvalidConfiguration_exitsWithTwo() throws Exception {
        Process process = serve("STORAGE_ADAPTER=memory\nHTTP_PORT=many\n");

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("err"))).contains("HTTP_PORT: 'many' is not a whole number");
    }

    private Process serve(String settings) throws IOException {
        Files.writeString(folder.resolve(".env"), settings);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve");
        builder.environment().clear();
        return builder.directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static String awaitUrl(BufferedReader lines, List<String> log) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            log.add(line);
            JsonNode message = new ObjectMapper().readTree(line).get("message");
            Matcher url = URL.matcher(message.textValue());
            if (url.find()) {
                return url.group(1);
            }
        }
        throw new AssertionError("Exited before it listened: " + log);
    }

    private static int statusOf(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
