package dev.stowage.testkit;

import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A client that only has signed URLs. */
interface SignedRequests {

    /** Sends {@code body} to {@code url} with the URL's headers, overridden by {@code headers}. */
    Answer put(SignedUrl url, Map<String, String> headers, byte[] body) throws IOException, InterruptedException;

    /** Sends a GET request to {@code url}. */
    Answer get(SignedUrl url) throws IOException, InterruptedException;

    /** A response. */
    final class Answer {

        private final int status;
        private final byte[] body;
        private final String disposition;

        Answer(int status, byte[] body, String disposition) {
            this.status = status;
            this.body = body;
            this.disposition = disposition;
        }

        int status() {
            return status;
        }

        boolean refused() {
            return status >= 400;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Returns the {@code Content-Disposition}, or an empty text. */
        String disposition() {
            return disposition;
        }
    }

    /** Returns a client for the URL: over HTTP if it is absolute, and otherwise like the service. */
    static SignedRequests to(SignedUrl url, Storage storage) {
        return url.url().isAbsolute() ? new HttpRequests() : new ServiceRequests(storage);
    }
}
