package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.NodeClients;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tus clients. */
class ResumableClientsIT extends ServiceSuite {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SIZE = 20_000_000;
    private static final int JAVA_CHUNK = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void tusJs_killedAtAThird_resumes() throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes(SIZE));
        Process first = start(file, key("killed"), "until=" + SIZE / 3);
        try (BufferedReader lines = first.inputReader()) {
            for (String line = lines.readLine(); sent(line) < SIZE / 3; line = lines.readLine()) {
                assertThat(line).isNotNull();
            }
        } finally {
            first.destroyForcibly();
        }
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();

        String output = finish(start(file, key("killed")));

        long began = output.lines()
                .mapToLong(ResumableClientsIT::sent)
                .filter(sent -> sent > 0)
                .min()
                .orElseThrow();
        assertThat(began).as(output).isGreaterThan(SIZE / 3);
        assertStored(key("killed"));
        assertThat(api.get(Paths.METADATA + key("killed"))
                        .json()
                        .at("/metadata/author")
                        .asText())
                .isEqualTo("Zoë");
    }

    @Test
    void tusJs_withThreeParallelPartialUploads() throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes(SIZE));

        finish(start(file, key("parallel"), "parallel=3"));

        assertStored(key("parallel"));
        assertThat(api.get(Paths.LIST + "?prefix=.stowage/").json().path("files"))
                .isEmpty();
    }

    @Test
    void tusJs_withADeferredLength() throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes(SIZE));

        finish(start(file, key("deferred"), "deferred"));

        assertStored(key("deferred"));
    }

    @Test
    void tusJava_interrupted_resumes() throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes(SIZE));
        TusClient client = new TusClient();
        client.setUploadCreationURL(api.uri("/api/v1/tus").toURL());
        client.enableResuming(new TusURLMemoryStore());
        TusUpload upload = new TusUpload(file.toFile());
        upload.setMetadata(Map.of("key", key("java")));
        TusUploader first = client.createUpload(upload);
        first.setChunkSize(JAVA_CHUNK);
        while (first.getOffset() < SIZE / 3) {
            first.uploadChunk();
        }
        first.finish();

        TusUploader second = client.resumeUpload(new TusUpload(file.toFile()));

        assertThat(second.getOffset()).isEqualTo(first.getOffset());
        second.setChunkSize(JAVA_CHUNK);
        while (second.uploadChunk() > -1) {
            assertThat(second.getOffset()).isLessThanOrEqualTo(SIZE);
        }
        second.finish();
        assertStored(key("java"));
    }

    private Process start(Path file, String key, String... modes) throws IOException {
        String[] arguments = new String[4 + modes.length];
        arguments[0] = api.uri("/api/v1/tus").toString();
        arguments[1] = file.toString();
        arguments[2] = key;
        arguments[3] = folder.resolve("state.json").toString();
        System.arraycopy(modes, 0, arguments, 4, modes.length);
        return NodeClients.start("tus-upload.mjs", arguments);
    }

    private static String finish(Process process) throws IOException, InterruptedException {
        String output = NodeClients.finish(process, LIMIT);

        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("done ");
        return output;
    }

    private void assertStored(String key) {
        assertThat(api.get(Paths.DOWNLOAD + key).body()).isEqualTo(bytes(SIZE));
    }

    private static long sent(String line) {
        return line != null && line.startsWith("sent ") ? Long.parseLong(line.substring("sent ".length())) : 0;
    }
}
