package dev.stowage.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Base64;

/** Tokens that name the last entry of a page, and what was listed. No key contains a line feed. */
final class PageToken {

    private PageToken() {}

    static String encode(String scope, String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((scope + "\n" + last).getBytes(UTF_8));
    }

    /** The last entry of the page before. */
    static String decode(String scope, String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
            if (text.startsWith(scope + "\n")) {
                return text.substring(scope.length() + 1);
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static InvalidInput invalid() {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, "The token is none that this listing gave");
    }
}
