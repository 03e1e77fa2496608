package dev.stowage.core.expiry;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.expiry.ExpiryPreview.Taken;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Finds the files that rules would take, by listing their prefixes one after the other. Each call compares at least a page and stops after some
 * seconds, or as many files as are quickly listed.
 */
record PreviewExpiry(ObjectStore store, Executor readers, InstantSource clock) {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MAX_PAGES = 100;

    /** Where a preview continues: in the listing of a rule's prefix. */
    private record Position(int rule, Optional<String> token) {

        static Position of(Optional<String> cursor, int rules) {
            if (cursor.isEmpty()) {
                return new Position(0, Optional.empty());
            }
            String text = cursor.get();
            int end = text.indexOf(':');
            try {
                int rule = Integer.parseInt(text.substring(0, Math.max(end, 0)));
                if (rule >= 0 && rule < rules) {
                    return new Position(
                            rule, Optional.of(text.substring(end + 1)).filter(token -> !token.isEmpty()));
                }
            } catch (NumberFormatException e) {
                // Refused below.
            }
            throw InvalidInput.ofField("cursor", "The cursor is not one of a preview of these rules; begin without it");
        }

        String cursor() {
            return rule + ":" + token.orElse("");
        }
    }

    ExpiryPreview preview(List<LifecycleRule> rules, Optional<String> cursor) {
        Instant now = clock.instant();
        long count = 0;
        long bytes = 0;
        List<Taken> named = new ArrayList<>();
        Position position = Position.of(cursor, rules.size());
        for (int pages = 0; position.rule() < rules.size(); pages++) {
            if (pages == MAX_PAGES || (pages > 0 && clock.instant().isAfter(now.plus(LONGEST)))) {
                return new ExpiryPreview(count, bytes, named, Optional.of(position.cursor()));
            }
            LifecycleRule rule = rules.get(position.rule());
            ListQuery first = ListQuery.of(rule.prefix());
            ObjectPage page = store.list(position.token().map(first::after).orElse(first));
            for (ObjectSummary file : taken(page, rules, position.rule(), now)) {
                count++;
                bytes += file.size();
                if (named.size() < ExpiryPreview.MAX_FILES) {
                    named.add(new Taken(file, rule));
                }
            }
            position = page.nextToken().isPresent()
                    ? new Position(position.rule(), page.nextToken())
                    : new Position(position.rule() + 1, Optional.empty());
        }
        return new ExpiryPreview(count, bytes, named, Optional.empty());
    }

    /** Returns the files of a page that a rule takes, and none before it. */
    private List<ObjectSummary> taken(ObjectPage page, List<LifecycleRule> rules, int index, Instant now) {
        LifecycleRule rule = rules.get(index);
        List<LifecycleRule> concerned = rules.subList(0, index + 1);
        List<ObjectSummary> candidates = page.objects().stream()
                .filter(file -> isDue(rule.earliest(file), now))
                .toList();
        if (concerned.stream().noneMatch(LifecycleRule::needsAttributes)) {
            return candidates.stream()
                    .filter(file ->
                            rules.subList(0, index).stream().noneMatch(other -> isDue(other.earliest(file), now)))
                    .toList();
        }
        List<CompletableFuture<Optional<ObjectInfo>>> readings = candidates.stream()
                .map(file -> CompletableFuture.supplyAsync(() -> store.stat(file.key()), readers))
                .toList();
        List<ObjectSummary> taken = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            ObjectSummary file = candidates.get(i);
            boolean takes = read(readings.get(i))
                    .filter(info -> isDue(rule.dueAt(info), now))
                    .filter(info -> rules.subList(0, index).stream().noneMatch(other -> isDue(other.dueAt(info), now)))
                    .isPresent();
            if (takes) {
                taken.add(file);
            }
        }
        return taken;
    }

    private static Optional<ObjectInfo> read(CompletableFuture<Optional<ObjectInfo>> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static boolean isDue(Optional<Instant> time, Instant now) {
        return time.filter(due -> !due.isAfter(now)).isPresent();
    }
}
