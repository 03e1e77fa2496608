package dev.stowage.http.download;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;

/** Whether a browser shows a download or saves it. */
enum Disposition {
    INLINE("inline"),
    ATTACHMENT("attachment");

    private final String token;

    Disposition(String token) {
        this.token = token;
    }

    /** The value in the header and the query. */
    String token() {
        return token;
    }

    /** @throws InvalidInput when the text is neither */
    static Disposition parse(String text) {
        for (Disposition disposition : values()) {
            if (disposition.token.equals(text)) {
                return disposition;
            }
        }
        throw new InvalidInput(
                ErrorCode.INVALID_REQUEST, "disposition must be inline or attachment", Map.of("field", "disposition"));
    }
}
