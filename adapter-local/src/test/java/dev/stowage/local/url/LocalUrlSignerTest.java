package dev.stowage.local.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlVerifier;
import dev.stowage.testkit.TestClock;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed URLs, and attempts to forge them. */
final class LocalUrlSignerTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/a file+%&=#?ä🎉.txt");
    private static final UrlGrant DOWNLOAD = new UrlGrant.Download(KEY, Optional.of("attachment; filename=\"ä&b=c\""));
    private static final UrlGrant PART = new UrlGrant.UploadPart(KEY, new UploadId("u/1=2&3"), new PartNumber(12));
    private static final UrlGrant TYPED = new UrlGrant.Upload(KEY, Optional.of(new ContentType("text/plain")));
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = new TestClock();
    private final LocalUrlSigner signer = new LocalUrlSigner(new Secret("00".repeat(32)), clock);

    @ParameterizedTest
    @MethodSource("grants")
    void verify_ofSignedUrl_returnsTheGrant(UrlGrant grant) {
        SignedUrl url = signer.sign(grant, HOUR);

        assertThat(verify(method(grant), url.url())).isEqualTo(grant);
        assertThat(url.url().isAbsolute()).isFalse();
        assertThat(url.url().getRawPath()).startsWith(UrlVerifier.PATH).matches("[A-Za-z0-9/._~%-]+");
    }

    @ParameterizedTest
    @MethodSource("grants")
    void verify_withAnyParameterChangedAddedOrRemoved_isDenied(UrlGrant grant) {
        Map<String, String> query = query(signer.sign(grant, HOUR).url());

        for (String name : List.copyOf(query.keySet())) {
            Map<String, String> changed = new HashMap<>(query);
            changed.put(name, query.get(name) + "1");
            assertDenied(method(grant), KEY.value(), changed);
            Map<String, String> fewer = new HashMap<>(query);
            fewer.remove(name);
            assertDenied(method(grant), KEY.value(), fewer);
        }
        for (String name : List.of("x", "", "content_type", "disposition", "upload_id", "part_number")) {
            Map<String, String> more = new HashMap<>(query);
            if (more.put(name, "1") == null) {
                assertDenied(method(grant), KEY.value(), more);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("grants")
    void verify_withEveryOtherLastCharacterOfTheSignature_isDenied(UrlGrant grant) {
        Map<String, String> query = query(signer.sign(grant, HOUR).url());
        String signature = String.valueOf(query.get("signature"));

        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="
                .chars()
                .mapToObj(c -> signature.substring(0, signature.length() - 1) + (char) c)
                .filter(other -> !other.equals(signature))
                .forEach(other -> {
                    Map<String, String> changed = new HashMap<>(query);
                    changed.put("signature", other);
                    assertDenied(method(grant), KEY.value(), changed);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "OPTIONS", "get", ""})
    void verify_withAnotherMethod_isDenied(String method) {
        grants().forEach(grant ->
                assertDenied(method, KEY.value(), query(signer.sign(grant, HOUR).url())));
    }

    @Test
    void verify_ofOneMethodForAnother_isDenied() {
        assertDenied("PUT", KEY.value(), query(signer.sign(DOWNLOAD, HOUR).url()));
        assertDenied("GET", KEY.value(), query(signer.sign(TYPED, HOUR).url()));
        assertDenied("HEAD", KEY.value(), query(signer.sign(PART, HOUR).url()));
    }

    @Test
    void verify_ofHead_countsAsGet() {
        assertThat(verify("HEAD", signer.sign(DOWNLOAD, HOUR).url())).isEqualTo(DOWNLOAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw/p1/other", "", "/", "../raw", "raw//p1"})
    void verify_withAnotherKey_isDenied(String key) {
        assertDenied("GET", key, query(signer.sign(DOWNLOAD, HOUR).url()));
    }

    @Test
    void verify_untilTheExpiry_succeeds() {
        clock.advance(Duration.ofMillis(700));
        URI url = signer.sign(DOWNLOAD, Duration.ofSeconds(1)).url();

        clock.advance(Duration.ofMillis(999));
        assertThat(verify("GET", url)).isEqualTo(DOWNLOAD);
        clock.advance(Duration.ofMillis(1001));
        assertDenied("GET", KEY.value(), query(url));
    }

    @Test
    void verify_withAnotherSecret_isDenied() {
        LocalUrlSigner other = new LocalUrlSigner(new Secret("01".repeat(32)), clock);

        assertDenied("GET", KEY.value(), query(other.sign(DOWNLOAD, HOUR).url()));
    }

    @Test
    void verify_withNothing_isDenied() {
        assertDenied("GET", KEY.value(), Map.of());
    }

    @Test
    void sign_ofUploadWithContentType_saysWhichHeaderToSend() {
        assertThat(signer.sign(TYPED, HOUR).headers()).isEqualTo(Map.of("Content-Type", "text/plain"));
        assertThat(signer.sign(DOWNLOAD, HOUR).headers()).isEmpty();
    }

    static Stream<UrlGrant> grants() {
        return Stream.of(
                DOWNLOAD,
                new UrlGrant.Download(KEY, Optional.empty()),
                TYPED,
                new UrlGrant.Upload(KEY, Optional.empty()),
                PART);
    }

    private static String method(UrlGrant grant) {
        return grant instanceof UrlGrant.Download ? "GET" : "PUT";
    }

    private UrlGrant verify(String method, URI url) {
        return signer.verify(method, decode(url.getRawPath().substring(UrlVerifier.PATH.length())), query(url));
    }

    private void assertDenied(String method, String key, Map<String, String> query) {
        assertThatThrownBy(() -> signer.verify(method, key, query)).isInstanceOf(AccessDenied.class);
    }

    private static Map<String, String> query(URI url) {
        Map<String, String> query = new HashMap<>();
        for (String pair : url.getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
