package dev.stowage.core.upload;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadPage;
import dev.stowage.core.port.MultipartStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Aborts uploads that nobody can be waiting for any more, so that their parts cost nothing. */
public final class AbortStaleUploads {

    private static final int PAGE = 1000;

    private final MultipartStore store;
    private final KeyLayout layout;
    private final InstantSource clock;
    private final Duration maxAge;

    /** @param maxAge how long an upload may stand open, counted from its beginning */
    public AbortStaleUploads(MultipartStore store, KeyLayout layout, InstantSource clock, Duration maxAge) {
        this.store = store;
        this.layout = layout;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /**
     * Aborts every upload that is too old and whose key fits the layout: what lies elsewhere in the bucket is somebody else's. Stops
     * at the first failure of the store; the next run goes on from there.
     *
     * @return how many it aborted
     */
    public int abortStale() {
        Instant limit = clock.instant().minus(maxAge);
        int aborted = 0;
        Optional<String> token = Optional.empty();
        do {
            UploadPage page = store.listUploads(KeyPrefix.ALL, PAGE, token);
            for (UploadInfo upload : page.uploads()) {
                boolean stale = upload.initiated().isBefore(limit)
                        && layout.match(upload.key()).isPresent();
                if (stale && abort(upload)) {
                    aborted++;
                }
            }
            token = page.nextToken();
        } while (token.isPresent());
        return aborted;
    }

    private boolean abort(UploadInfo upload) {
        try {
            store.abort(upload.key(), upload.id());
            return true;
        } catch (NotFound endedMeanwhile) {
            return false;
        }
    }
}
