package dev.stowage.testkit;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.port.records.UploadIntents;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Intents in memory. Safe for concurrent use. */
final class InMemoryIntents implements UploadIntents {

    private final ProcessId process;
    private final InMemorySessions sessions;
    private final TreeMap<String, UploadIntent> intents = new TreeMap<>();
    private final Map<String, Optional<String>> owners = new HashMap<>();

    InMemoryIntents(ProcessId process, InMemorySessions sessions) {
        this.process = process;
        this.sessions = sessions;
    }

    @Override
    public synchronized UploadIntent intend(ObjectKey key, Instant now) {
        UploadIntent intent = new UploadIntent(UUID.randomUUID().toString(), key, now, Optional.of(process));
        intents.put(intent.id(), intent);
        return intent;
    }

    @Override
    public UploadIntent intend(ObjectKey key, Optional<String> owner, int max, Instant now) {
        // Locks the sessions first, in the same order as when a session is added.
        synchronized (sessions) {
            return intendWithin(key, owner, max, now);
        }
    }

    private synchronized UploadIntent intendWithin(ObjectKey key, Optional<String> owner, int max, Instant now) {
        long intended = owners.values().stream().filter(owner::equals).count();
        if (intended + sessions.open(owner) >= max) {
            throw TooManyOpen.uploads(max);
        }
        UploadIntent intent = intend(key, now);
        owners.put(intent.id(), owner);
        return intent;
    }

    @Override
    public synchronized void withdraw(UploadIntent intent) {
        intents.remove(intent.id());
        owners.remove(intent.id());
    }

    @Override
    public synchronized void markUncertain(UploadIntent intent) {
        intents.computeIfPresent(
                intent.id(), (id, known) -> new UploadIntent(id, known.key(), known.time(), Optional.empty()));
    }

    @Override
    public synchronized List<UploadIntent> list(int max, Optional<UploadIntent> after) {
        return after.map(last -> intents.tailMap(last.id(), false)).orElse(intents).values().stream()
                .limit(max)
                .toList();
    }

    @Override
    public synchronized List<UploadIntent> of(ObjectKey key) {
        return intents.values().stream()
                .filter(intent -> intent.key().equals(key))
                .toList();
    }
}
