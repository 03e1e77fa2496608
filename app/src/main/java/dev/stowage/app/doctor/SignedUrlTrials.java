package dev.stowage.app.doctor;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlSigner;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Signed URLs, used as a client of the store would use them. */
final class SignedUrlTrials {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final byte[] BYTES = TrialFiles.bytes(10_000, 8);

    /** The client sets these itself. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length");

    private final Storage storage;
    private final TrialFiles files;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    SignedUrlTrials(Storage storage, TrialFiles files) {
        this.storage = storage;
        this.files = files;
    }

    void run(TrialRun trials) {
        trials.optional("presigned upload", this::upload);
        trials.optional("presigned download", this::download);
        trials.optional("presigned part", this::part);
    }

    private String upload() throws IOException, InterruptedException {
        UrlGrant grant = new UrlGrant.Upload(files.key("signed"), Optional.of(new ContentType("text/plain")));
        SignedUrl url = sign(grant);
        if (pointsToService(url)) {
            return "leads to the service itself";
        }
        send(url, HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(BYTES)));
        files.expect("signed", BYTES);
        return "by HTTP, to " + url.url().getHost();
    }

    private String download() throws IOException, InterruptedException {
        files.put("signed", BYTES);
        SignedUrl url = sign(new UrlGrant.Download(files.key("signed"), Optional.empty()));
        if (pointsToService(url)) {
            return "leads to the service itself";
        }
        HttpResponse<byte[]> answer = send(url, HttpRequest.newBuilder().GET());
        TrialFailed.unless(Arrays.equals(answer.body(), BYTES), "other bytes were read");
        return "by HTTP, from " + url.url().getHost();
    }

    private String part() throws IOException, InterruptedException {
        UploadId upload = storage.uploads().create(files.key("signed-part"), ObjectAttributes.DEFAULT);
        try {
            SignedUrl url = sign(new UrlGrant.UploadPart(files.key("signed-part"), upload, new PartNumber(1)));
            if (pointsToService(url)) {
                return "leads to the service itself";
            }
            send(url, HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(BYTES)));
            List<PartInfo> parts = storage.uploads()
                    .listParts(files.key("signed-part"), upload, 10, Optional.empty())
                    .items();
            TrialFailed.unless(
                    parts.size() == 1 && parts.get(0).size() == BYTES.length, "the part is not among the listed ones");
            return "by HTTP, to " + url.url().getHost();
        } finally {
            storage.uploads().abort(files.key("signed-part"), upload);
        }
    }

    private SignedUrl sign(UrlGrant grant) {
        UrlSigner signer = storage.signer()
                .orElseThrow(() -> new NotSupported("the store signs no URLs; the presign routes answer 501"));
        return signer.sign(grant, LIFETIME);
    }

    private static boolean pointsToService(SignedUrl url) {
        return !url.url().isAbsolute();
    }

    private HttpResponse<byte[]> send(SignedUrl url, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        request.uri(url.url()).timeout(TIMEOUT);
        url.headers().forEach((name, value) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
            }
        });
        HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
        TrialFailed.unless(
                answer.statusCode() / 100 == 2, "the store answers " + answer.statusCode() + " to a signed request");
        return answer;
    }
}
