package dev.stowage.testkit;

import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Somebody who has signed URLs and nothing else. */
interface SignedRequests {

    /** Sends {@code body} to {@code url}, with the headers that go with the URL but for those in {@code headers}. */
    Answer put(SignedUrl url, Map<String, String> headers, byte[] body) throws IOException, InterruptedException;

    /** Gets {@code url}. */
    Answer get(SignedUrl url) throws IOException, InterruptedException;

    /** What came back. */
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

        /** The {@code Content-Disposition}, or nothing. */
        String disposition() {
            return disposition;
        }
    }

    /** By HTTP where the URL is absolute, and otherwise as the service would do it. */
    static SignedRequests to(SignedUrl url, Storage storage) {
        return url.url().isAbsolute() ? new HttpRequests() : new ServiceRequests(storage);
    }
}
