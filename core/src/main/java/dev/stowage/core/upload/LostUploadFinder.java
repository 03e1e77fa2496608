package dev.stowage.core.upload;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadPage;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Uploads that the store may have begun, and whose names got lost on the way: found by the key and the time of their intent. */
final class LostUploadFinder {

    private static final int PAGE = 1000;

    /** How far the store's clock may be from ours, and how long it may take to begin an upload. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final MultipartStore store;
    private final UploadSessions sessions;

    LostUploadFinder(MultipartStore store, UploadSessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /**
     * Aborts what came of an intent that is abandoned, and forgets the intent; leaves both for later while a living process is about to
     * begin an upload of the same key.
     *
     * @return how many uploads it aborted
     */
    int abort(UploadIntent intent, Supplier<Set<ProcessId>> alive) {
        List<UploadInfo> candidates = begunAround(intent);
        // Asked after the store was: whatever is in its list is on record by now, or else its intent is still here.
        List<UploadIntent> rivals = sessions.intents().of(intent.key());
        Set<ProcessId> living = alive.get();
        if (rivals.stream()
                .anyMatch(rival -> rival.process().filter(living::contains).isPresent())) {
            return 0;
        }
        int aborted = 0;
        for (UploadInfo upload : candidates) {
            if (sessions.find(upload.key(), upload.id()).isEmpty() && abort(upload)) {
                aborted++;
            }
        }
        sessions.intents().withdraw(intent);
        return aborted;
    }

    private List<UploadInfo> begunAround(UploadIntent intent) {
        Instant earliest = intent.time().minus(TOLERANCE);
        Instant latest = intent.time().plus(TOLERANCE);
        ObjectKey key = intent.key();
        List<UploadInfo> found = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            UploadPage page = store.listUploads(new KeyPrefix(key.value()), PAGE, token);
            page.uploads().stream()
                    .filter(upload -> upload.key().equals(key))
                    .filter(upload -> !upload.initiated().isBefore(earliest)
                            && !upload.initiated().isAfter(latest))
                    .forEach(found::add);
            boolean past =
                    page.uploads().stream().anyMatch(upload -> upload.key().compareTo(key) > 0);
            token = past ? Optional.empty() : page.nextToken();
        } while (token.isPresent());
        return found;
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
