package dev.stowage.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.testkit.InMemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignUrlTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");
    private static final ObjectKey OUTSIDE = new ObjectKey("elsewhere");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final Files files = new Files(
            storage.objects(), storage.signer(), LAYOUT, new AccessPolicy(LAYOUT, AuditLog.NONE), Long.MAX_VALUE);

    @Test
    void sign_forUpToADay_signs() {
        for (Duration time : List.of(Duration.ofSeconds(1), Duration.ofDays(1))) {
            assertThat(files.sign(Principal.ANYONE, new UrlGrant.Download(KEY, Optional.empty()), time)
                            .url())
                    .isNotNull();
        }
    }

    @Test
    void sign_withInvalidLifetime_isRejected() {
        for (Duration time : List.of(
                Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(1).plusSeconds(1))) {
            assertThatThrownBy(() -> files.sign(Principal.ANYONE, new UrlGrant.Download(KEY, Optional.empty()), time))
                    .isInstanceOfSatisfying(
                            InvalidInput.class,
                            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_EXPIRY));
        }
    }

    @Test
    void sign_ofWritesOutsideTheLayout_isRejected() {
        assertInvalidKey(new UrlGrant.Upload(OUTSIDE, Optional.empty()));
        assertInvalidKey(new UrlGrant.UploadPart(OUTSIDE, new UploadId("u"), new PartNumber(1)));
    }

    @Test
    void sign_ofDownloadOutsideTheLayout_signs() {
        assertThat(files.sign(Principal.ANYONE, new UrlGrant.Download(OUTSIDE, Optional.empty()), Duration.ofHours(1))
                        .url())
                .isNotNull();
    }

    @Test
    void sign_onStoreWithoutSigner_isNotSupported() {
        SignUrl unsupported = new SignUrl(Optional.empty(), LAYOUT, new AccessPolicy(LAYOUT, AuditLog.NONE));

        assertThatThrownBy(() -> unsupported.sign(
                        Principal.ANYONE, new UrlGrant.Download(KEY, Optional.empty()), Duration.ofHours(1), () -> {}))
                .isInstanceOf(NotSupported.class);
    }

    private void assertInvalidKey(UrlGrant grant) {
        assertThatThrownBy(() -> files.sign(Principal.ANYONE, grant, Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_KEY));
    }
}
