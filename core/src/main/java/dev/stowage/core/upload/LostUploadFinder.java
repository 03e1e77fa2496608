package dev.stowage.core.upload;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.UploadSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds uploads that the store may have created without their ids being recorded, by the key and the time of their intents. */
final class LostUploadFinder {

    private static final int PAGE = 1000;

    /** The maximum clock difference to the store plus the time that the creation of an upload may take. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final MultipartStore store;
    private final UploadSessions sessions;

    LostUploadFinder(MultipartStore store, UploadSessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /**
     * Aborts the uploads of an abandoned intent and deletes the intent. Leaves both for a later run while a live process is about to create
     * an upload of the same key.
     *
     * @return the number of aborted uploads
     */
    int abort(UploadIntent intent, Supplier<Set<ProcessId>> alive) {
        List<UploadInfo> candidates = begunAround(intent);
        // Read after the store's list: every upload in that list is recorded by now, or its intent is still there.
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
            Page<UploadInfo, String> page = store.listUploads(new KeyPrefix(key.value()), PAGE, token);
            page.items().stream()
                    .filter(upload -> upload.key().equals(key))
                    .filter(upload -> !upload.initiated().isBefore(earliest)
                            && !upload.initiated().isAfter(latest))
                    .forEach(found::add);
            boolean past = page.items().stream().anyMatch(upload -> upload.key().compareTo(key) > 0);
            token = past ? Optional.empty() : page.next();
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
