package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.http.download.Redirects;
import dev.stowage.testkit.InMemoryStorage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads that are redirected to signed URLs of the store. */
final class DownloadRedirectTest {

    private static final String FILE = "/api/v1/s3/raw/p1/a%20b.txt";
    private static final String DOWNLOAD = "/api/v1/s3/download/raw/p1/a%20b.txt";
    private static final URI SIGNED = URI.create("https://store.example.com/files/raw/p1/a%20b.txt?signature=s");

    private final RecordingSigner signer = new RecordingSigner();
    private final Storage storage = new SigningStorage(new InMemoryStorage(), signer);
    private final RunningService service = RunningService.redirecting(storage, Redirects.ON_REQUEST);

    @BeforeEach
    void store() {
        HttpRequest.Builder put = service.request(FILE).PUT(BodyPublishers.ofString("content"));
        assertThat(service.send(put).statusCode()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void redirect_leadsToASignedUrl_thatNobodyCaches() {
        HttpResponse<byte[]> answer = service.get(DOWNLOAD + "?redirect=true");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).contains(SIGNED.toString());
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body()).isEmpty();
        assertThat(signer.expiries).containsExactly(Duration.ofSeconds(60));
        assertThat(signer.grants).hasSize(1).allSatisfy(grant -> {
            assertThat(grant.key().value()).isEqualTo("raw/p1/a b.txt");
            assertThat(grant.action()).isEqualTo(Action.READ);
        });
    }

    @ParameterizedTest
    @CsvSource({"'',attachment", "&disposition=inline,inline", "&disposition=attachment,attachment"})
    void redirect_keepsTheDispositionOfADownload(String query, String type) {
        service.get(DOWNLOAD + "?redirect=true" + query);

        String streamed = service.get(DOWNLOAD + "?" + query)
                .headers()
                .firstValue("Content-Disposition")
                .orElseThrow();
        assertThat(signer.grants)
                .containsExactly(new UrlGrant.Download(signer.grants.get(0).key(), Optional.of(streamed)));
        assertThat(streamed).startsWith(type).contains("a b.txt");
    }

    @Test
    void missingFile_isNotFound() {
        assertThat(service.get("/api/v1/s3/download/raw/p1/none?redirect=true").statusCode())
                .isEqualTo(404);
        assertThat(signer.grants).isEmpty();
    }

    @Test
    void conditions_areDecidedBeforeTheRedirect() {
        String tag = service.send("HEAD", DOWNLOAD).headers().firstValue("ETag").orElseThrow();

        assertThat(conditional("If-None-Match", tag)).isEqualTo(304);
        assertThat(conditional("If-Match", "\"other\"")).isEqualTo(412);
        assertThat(signer.grants).isEmpty();
        assertThat(conditional("If-Match", tag)).isEqualTo(307);
    }

    @Test
    void head_isAnsweredByTheService_becauseTheUrlIsSignedForGet() {
        HttpResponse<byte[]> head = service.send("HEAD", DOWNLOAD + "?redirect=true");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("7");
        assertThat(signer.grants).isEmpty();
    }

    @Test
    void otherValues_areInvalid() {
        HttpResponse<byte[]> answer = service.get(DOWNLOAD + "?redirect=yes");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningService.text(answer)).contains("redirect must be true or false");
    }

    @Test
    void onlyCallersWithTheRight_getAUrl_whichIsAudited() {
        List<AuditEvent> events = new CopyOnWriteArrayList<>();
        try (RunningService guarded = RunningService.guarded(storage, new TwoProjects(), events::add)) {
            assertThat(as("mallory", guarded)).isEqualTo(403);
            assertThat(signer.grants).isEmpty();

            assertThat(as("alice", guarded)).isEqualTo(307);
            assertThat(events).extracting(AuditEvent::operation).contains("url.sign.read");
        }
    }

    @Test
    void modeRedirect_redirectsAllDownloads_butThoseThatAskForBytes() {
        try (RunningService redirecting =
                RunningService.redirecting(storage, new Redirects(true, Duration.ofSeconds(5)))) {
            assertThat(redirecting.get(DOWNLOAD).statusCode()).isEqualTo(307);
            assertThat(redirecting.get(DOWNLOAD + "?redirect=false").body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("content");
        }
        assertThat(signer.expiries).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void storeWithoutSignedUrls_doesNotSupportRedirects() {
        try (RunningService plain = RunningService.over(new StorageOf(storage.objects()))) {
            assertThat(plain.get(DOWNLOAD + "?redirect=true").statusCode()).isEqualTo(501);
        }
    }

    @Test
    void urlThatNeedsHeaders_isNotARedirect() {
        signer.headers = Map.of("x-needed", "1");

        HttpResponse<byte[]> answer = service.get(DOWNLOAD + "?redirect=true");

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(RunningService.text(answer)).contains("redirect=false");
    }

    private static int as(String caller, RunningService guarded) {
        return guarded.send(guarded.request(DOWNLOAD + "?redirect=true").header("Authorization", "Bearer " + caller))
                .statusCode();
    }

    private int conditional(String header, String value) {
        return service.send(service.request(DOWNLOAD + "?redirect=true").header(header, value))
                .statusCode();
    }

    private static final class RecordingSigner implements UrlSigner {

        private final List<UrlGrant> grants = new CopyOnWriteArrayList<>();
        private final List<Duration> expiries = new CopyOnWriteArrayList<>();
        private volatile Map<String, String> headers = Map.of();

        @Override
        public SignedUrl sign(UrlGrant grant, Duration expiresIn) {
            grants.add(grant);
            expiries.add(expiresIn);
            return new SignedUrl(SIGNED, headers);
        }
    }

    private static final class SigningStorage extends ForwardingStorage {

        private final UrlSigner signer;

        SigningStorage(Storage target, UrlSigner signer) {
            super(target);
            this.signer = signer;
        }

        @Override
        public Optional<UrlSigner> signer() {
            return Optional.of(signer);
        }
    }
}
