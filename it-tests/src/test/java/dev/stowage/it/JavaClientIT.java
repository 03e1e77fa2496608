package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.client.DownloadOptions;
import dev.stowage.client.DownloadedFile;
import dev.stowage.client.FileListing;
import dev.stowage.client.IssuedLink;
import dev.stowage.client.JobDetails;
import dev.stowage.client.JobSubmission;
import dev.stowage.client.LinkDetails;
import dev.stowage.client.NewFileLink;
import dev.stowage.client.StowageClient;
import dev.stowage.client.StowageException;
import dev.stowage.client.UploadOptions;
import dev.stowage.client.UploadedFile;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.RunningService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client with the service, whose answers the tests of the client only imitate. */
class JavaClientIT {

    private static final int CHUNK = 1 << 20;

    @TempDir
    static Path folder;

    static RunningService service;
    static StowageClient client;

    @BeforeAll
    static void start() {
        service = HostedService.start(folder, Map.of());
        client = StowageClient.builder(service.address()).chunkSize(CHUNK).build();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void smallAndLargeFiles_roundTrip_withTheirDigests() throws Exception {
        for (int size : new int[] {0, 100, 3 * CHUNK + 17}) {
            String key = "raw/client/ü b+c%/" + size + ".csv";
            Path file = Files.write(folder.resolve("file"), bytes(size));

            UploadedFile stored =
                    client.files().put(key, file, UploadOptions.DEFAULT.withMetadata(Map.of("city", "Köln")));
            DownloadedFile received = client.files().get(key, folder.resolve("copy"), DownloadOptions.DEFAULT);

            assertThat(stored.size()).isEqualTo(size);
            assertThat(received.verified()).isTrue();
            assertThat(folder.resolve("copy")).hasSameBinaryContentAs(file);
            assertThat(client.files().stat(key).metadata()).containsEntry("city", "Köln");
        }
    }

    @Test
    void streams_ofUnknownLength_areStored() throws Exception {
        for (int size : new int[] {10, 2 * CHUNK, 2 * CHUNK + 5}) {
            byte[] bytes = bytes(size);

            client.files().put("raw/client/stream", new ByteArrayInputStream(bytes), UploadOptions.DEFAULT);

            try (InputStream stored = client.files().open("raw/client/stream")) {
                assertThat(stored.readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void largeFile_ifAbsent_isRefused_whenThereIsOne() throws Exception {
        Path file = Files.write(folder.resolve("large"), bytes(2 * CHUNK));
        client.files().put("raw/client/once", file, UploadOptions.DEFAULT.onlyIfAbsent());

        assertThatThrownBy(() -> client.files().put("raw/client/once", file, UploadOptions.DEFAULT.onlyIfAbsent()))
                .isInstanceOfSatisfying(
                        StowageException.class, e -> assertThat(e.error()).isEqualTo("PreconditionFailed"));
        assertThat(client.uploads().list("raw/client/once", Optional.empty()).items())
                .isEmpty();
    }

    @Test
    void files_areListed_copied_moved_shared_andDeleted() throws Exception {
        client.files().put("raw/list/a", bytes(5), UploadOptions.DEFAULT);
        client.files().copy("raw/list/a", "raw/list/b", true);
        client.files().move("raw/list/b", "raw/list/sub/c", true);

        FileListing listing = client.files().list("raw/list/", "/", Optional.empty());
        URI link = client.files().share("raw/list/a", Duration.ofMinutes(1)).url();

        assertThat(listing.files()).extracting(FileListing.Entry::key).containsExactly("raw/list/a");
        assertThat(listing.prefixes()).containsExactly("raw/list/sub/");
        try (InputStream shared = link.toURL().openStream()) {
            assertThat(shared.readAllBytes()).isEqualTo(bytes(5));
        }
        assertThat(client.files().delete(List.of("raw/list/a", "raw/list/none")))
                .satisfiesExactly(
                        result -> assertThat(result.deleted()).isTrue(),
                        result -> assertThat(result.deleted()).isFalse());
    }

    @Test
    void links_areCreated_listed_andRevoked() throws Exception {
        client.files().put("raw/links/a", bytes(5), UploadOptions.DEFAULT);

        IssuedLink issued = client.links()
                .create(NewFileLink.toFile("raw/links/a").withMaxUses(2).expiringAfter(Duration.ofDays(7)));
        try (InputStream shared = issued.url().toURL().openStream()) {
            assertThat(shared.readAllBytes()).isEqualTo(bytes(5));
        }
        LinkDetails listed =
                client.links().list("raw/links/", Optional.empty()).items().get(0);
        client.links().revoke(issued.link().id());

        assertThat(listed.id()).isEqualTo(issued.link().id());
        assertThat(listed.uses()).isEqualTo(1);
        assertThat(client.links().get(issued.link().id()).state()).isEqualTo("revoked");
    }

    @Test
    void job_isSubmitted_watched_andReported() throws Exception {
        client.files().put("raw/job/a", bytes(5), UploadOptions.DEFAULT);
        ByteArrayOutputStream report = new ByteArrayOutputStream();

        JobDetails submitted = client.jobs()
                .submit(JobSubmission.ofPrefix("copy", "raw/job/")
                        .withTarget("prefix", "processed/job/")
                        .withOption("dry_run", true));
        JobDetails ended = client.jobs().watch(submitted.id(), job -> {});
        client.jobs().report(submitted.id(), "csv", report);

        assertThat(ended.state()).isEqualTo("succeeded");
        assertThat(ended.dryRun()).isTrue();
        assertThat(report.toString(StandardCharsets.UTF_8)).contains("raw/job/a,succeeded");
        assertThat(client.jobs()
                        .items(submitted.id(), Optional.empty(), Optional.empty())
                        .items())
                .hasSize(1);
        assertThat(client.jobs().list(Optional.empty(), Optional.empty()).items())
                .extracting(JobDetails::id)
                .contains(submitted.id());
        assertThat(client.files().exists("processed/job/a")).isFalse();
    }

    @Test
    void errors_haveTheCodeAndTheRequestId() {
        assertThatThrownBy(() -> client.files().put("elsewhere/x", new byte[1], UploadOptions.DEFAULT))
                .isInstanceOfSatisfying(StowageException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.error()).isEqualTo("InvalidKey");
                    assertThat(e.requestId()).isPresent();
                });
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }
}
