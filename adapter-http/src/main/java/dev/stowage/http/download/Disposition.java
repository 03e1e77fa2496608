package dev.stowage.http.download;

import dev.stowage.core.error.InvalidInput;

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
        throw InvalidInput.ofField("disposition", "disposition must be inline or attachment");
    }
}
