package dev.stowage.core.link;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.service.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The rules for new links. */
final class LinkChecks {

    private LinkChecks() {}

    /** @throws InvalidInput when the link can't be created; the message says what to change */
    static void check(Links.NewLink link, KeyLayout layout, Links.Limits limits) {
        if (limits.max() == 0) {
            throw new NotSupported("This service has no links (MAX_LINKS); use presigned URLs");
        }
        Duration longest = limits.maxLifetime().orElse(Links.MAX_LIFETIME);
        if (limits.maxLifetime().isPresent() && link.lifetime().isEmpty()) {
            throw expiry("expires_in is required: 1 to " + longest.toSeconds() + " seconds");
        }
        link.lifetime()
                .filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(longest) > 0)
                .ifPresent(time -> {
                    throw expiry("expires_in must be between 1 and " + longest.toSeconds() + " seconds");
                });
        if (link.maxUses().orElse(1) < 1) {
            throw InvalidInput.ofField("max_uses", "max_uses must be at least 1");
        }
        if (link.maxSize().orElse(1) < 1) {
            throw InvalidInput.ofField("max_size", "max_size must be at least 1");
        }
        boolean upload = link.target().action() == Action.WRITE;
        if (link.maxSize().isPresent() && !upload) {
            throw InvalidInput.ofField("max_size", "max_size is for links of kind upload; remove it");
        }
        link.password().ifPresent(password -> {
            int length = password.value().getBytes(StandardCharsets.UTF_8).length;
            if (length < 1 || length > PasswordHash.MAX_BYTES) {
                throw InvalidInput.ofField(
                        "password", "A password must have 1 to " + PasswordHash.MAX_BYTES + " bytes of UTF-8");
            }
        });
        if (upload) {
            checkUpload(link.target(), layout);
        }
    }

    private static void checkUpload(LinkTarget target, KeyLayout layout) {
        if (target instanceof LinkTarget.OneFile file) {
            layout.check(file.key());
        } else if (target instanceof LinkTarget.Folder folder) {
            if (!folder.text().endsWith("/")) {
                throw InvalidInput.ofField("prefix", "The prefix of a link for uploads must end with a slash");
            }
            layout.check(folder.prefix(), "prefix");
        }
    }

    private static InvalidInput expiry(String message) {
        return new InvalidInput(ErrorCode.INVALID_EXPIRY, message, Map.of("field", "expires_in"));
    }
}
