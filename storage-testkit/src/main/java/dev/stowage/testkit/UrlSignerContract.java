package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed URLs: they permit the granted operation, and nothing else. */
interface UrlSignerContract extends MultipartFixture, KeyContract {

    /** A body to send. */
    byte[] BODY = "signed".getBytes(StandardCharsets.UTF_8);

    @Test
    default void sign_leadsToTheStoreOrToAVerifier() {
        if (storage().signer().isEmpty()) {
            assertThat(storage().verifier()).isEmpty();
            return;
        }
        SignedUrl url = sign(new UrlGrant.Download(key("any"), Optional.empty()));

        assertThat(url.url().isAbsolute()).isNotEqualTo(storage().verifier().isPresent());
        assertThat(url.toString()).doesNotContain(url.url().getRawQuery());
    }

    @Test
    default void sign_ofUpload_letsTheBearerStore() throws Exception {
        SignedUrl url = sign(upload(key("uploaded")));

        assertStored(put(url, Map.of()));

        assertThat(text(key("uploaded"))).isEqualTo("signed");
    }

    @Test
    default void sign_ofUploadWithContentType_acceptsNoOther() throws Exception {
        ContentType type = new ContentType("text/csv; header=present");
        SignedUrl url = sign(new UrlGrant.Upload(key("typed"), Optional.of(type)));

        if (has(Quirk.TAKES_ANY_CONTENT_TYPE)) {
            assertStored(put(url, Map.of("Content-Type", "text/html")));
        } else {
            assertRefused(put(url, Map.of("Content-Type", "text/html")));
        }
        assertStored(put(url, Map.of()));

        assertThat(store().stat(key("typed")).orElseThrow().attributes().contentType())
                .isEqualTo(type);
    }

    @Test
    default void sign_ofDownload_letsTheBearerRead() throws Exception {
        SignedUrl url = sign(download(key("later")));
        assertThat(get(url).status()).isEqualTo(404);

        put(key("later"), "text");

        assertThat(get(url).status()).isEqualTo(200);
        assertThat(get(url).text()).isEqualTo("text");
    }

    @Test
    default void sign_ofDownloadWithDisposition_sendsIt() throws Exception {
        put(key("named"), "text");
        String disposition = "attachment; filename=\"a b+c.txt\"; filename*=UTF-8''%C3%A4%20b.txt";

        SignedUrl url = sign(new UrlGrant.Download(key("named"), Optional.of(disposition)));

        assertThat(get(url).disposition()).isEqualTo(disposition);
    }

    /** Stored content does not run in a browser unless the signer explicitly permits it. */
    @Test
    default void sign_ofDownloadWithoutDisposition_isSavedAndNotShown() throws Exception {
        put(key("page.html"), "<script>alert(1)</script>");

        SignedUrl url = sign(download(key("page.html")));

        assertThat(get(url).disposition()).isEqualTo("attachment");
    }

    @Test
    default void sign_ofPart_letsTheBearerStoreIt() throws Exception {
        ObjectKey key = key("parts");
        UploadId upload = create(key);
        SignedUrl url = sign(new UrlGrant.UploadPart(key, upload, new PartNumber(7)));

        assertStored(put(url, Map.of()));

        Page<PartInfo, PartNumber> page = uploads().listParts(key, upload, 10, Optional.empty());
        assertThat(page.items()).hasSize(1);
        PartTag part = new PartTag(new PartNumber(7), page.items().get(0).etag());
        complete(key, upload, List.of(part));
        assertThat(text(key)).isEqualTo("signed");
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    default void sign_ofUnusualKey_addressesThatKey(String name) throws Exception {
        assertStored(put(sign(upload(key(name))), Map.of()));

        assertThat(text(key(name))).isEqualTo("signed");
        assertThat(get(sign(download(key(name)))).text()).isEqualTo("signed");
    }

    @Test
    default void signedUrl_forAnotherMethod_isDenied() throws Exception {
        put(key("present"), "old");

        assertRefused(put(sign(download(key("present"))), Map.of()));
        assertRefused(get(sign(upload(key("present")))));

        assertUnless(
                Quirk.TAKES_ANY_SIGNATURE,
                text(key("present")).equals("old"),
                "a signed URL for a download does not replace the object");
    }

    @Test
    default void signedUrl_withAnotherKey_isDenied() throws Exception {
        put(key("mine"), "mine");
        put(key("other"), "other");
        SignedUrl url = sign(download(key("mine")));

        assertRefused(get(altered(url, url.url().toString().replace("mine", "other"))));
    }

    @Test
    default void signedUrl_withAnyParameterAltered_isDenied() throws Exception {
        put(key("present"), "text");
        SignedUrl url = sign(download(key("present")));

        for (String parameter : url.url().getRawQuery().split("&", -1)) {
            for (String other : List.of(parameter + "0", truncated(parameter))) {
                assertRefused(get(altered(url, url.url().toString().replace(parameter, other))));
            }
        }
    }

    /** Cuts off the last character, which may be percent-encoded. */
    private static String truncated(String parameter) {
        return parameter.replaceFirst("(%[0-9A-Fa-f]{2}|.)$", "");
    }

    @Test
    default void signedUrl_withAnAddedParameter_isDenied() throws Exception {
        put(key("mine"), "text");
        SignedUrl url = sign(new UrlGrant.Download(key("mine"), Optional.empty()));

        SignedRequests.Answer answer = get(altered(url, url.url() + "&added=1"));

        if (has(Quirk.TAKES_ADDED_PARAMETERS)) {
            assertThat(answer.text())
                    .as("the object, without the added parameter")
                    .isEqualTo("text");
        } else {
            assertRefused(answer);
        }
    }

    @Test
    default void signedUrl_afterItsExpiry_isDenied() throws Exception {
        assumeTrue(clock().isPresent(), "the store's clock can't be moved");
        put(key("present"), "text");
        Duration back = Duration.ofHours(2);
        clock().orElseThrow().advance(back.negated());
        SignedUrl url;
        try {
            url = sign(download(key("present")));
        } finally {
            clock().orElseThrow().advance(back);
        }

        assertRefused(get(url));
    }

    private SignedRequests.Answer put(SignedUrl url, Map<String, String> headers) throws Exception {
        return SignedRequests.to(url, storage()).put(url, headers, BODY);
    }

    private SignedRequests.Answer get(SignedUrl url) throws Exception {
        return SignedRequests.to(url, storage()).get(url);
    }

    private SignedUrl sign(UrlGrant grant) {
        assumeTrue(storage().signer().isPresent(), "the store has no signed URLs");
        return storage().signer().orElseThrow().sign(grant, Duration.ofHours(1));
    }

    private void assertRefused(SignedRequests.Answer answer) {
        assertUnless(
                Quirk.TAKES_ANY_SIGNATURE, answer.refused(), "the URL is refused; the status is " + answer.status());
    }

    /** RFC 9110 allows several answers to a PUT. */
    private static void assertStored(SignedRequests.Answer answer) {
        assertThat(answer.status()).as("status of the signed upload").isBetween(200, 299);
    }

    private static UrlGrant upload(ObjectKey key) {
        return new UrlGrant.Upload(key, Optional.empty());
    }

    private static UrlGrant download(ObjectKey key) {
        return new UrlGrant.Download(key, Optional.empty());
    }

    private static SignedUrl altered(SignedUrl url, String text) {
        return new SignedUrl(URI.create(text), url.headers());
    }
}
