package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Deletes one object under conditions. As with S3, there is nothing to do, and no condition fails, if there is no such object. */
final class ConditionalDeletion {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private final Files files;

    ConditionalDeletion(Files files) {
        this.files = files;
    }

    /**
     * The conditions on the object.
     *
     * @param size in bytes
     * @param lastModified to the second
     */
    record Conditions(Preconditions preconditions, Optional<Long> size, Optional<Instant> lastModified) {

        /**
         * Parses conditions on the size and the time.
         *
         * @param sizeName what the client calls the size, for errors
         * @param timeName what it calls the time
         * @throws S3ErrorException when one is malformed: ignoring it would delete what the client wants to keep
         */
        static Conditions of(
                Preconditions preconditions,
                String sizeName,
                Optional<String> size,
                String timeName,
                Optional<String> lastModified) {
            return new Conditions(
                    preconditions,
                    size.map(text -> parseSize(sizeName, text.strip())),
                    lastModified.map(text -> HttpTime.parse(text)
                            .orElseThrow(() -> S3ErrorException.invalidArgument(
                                    timeName,
                                    text,
                                    timeName + " must be a date, such as Fri, 27 Nov 2026 10:00:00 GMT"))));
        }

        private static long parseSize(String name, String text) {
            if (!DIGITS.matcher(text).matches()) {
                throw S3ErrorException.invalidArgument(name, text, name + " must be a number of bytes");
            }
            return Long.parseLong(text);
        }

        private boolean hold(ObjectInfo info) {
            // Dates in header fields have a resolution of one second.
            Instant modified = info.lastModified().truncatedTo(ChronoUnit.SECONDS);
            return size.filter(wanted -> wanted != info.size()).isEmpty()
                    && lastModified
                            .filter(wanted ->
                                    !wanted.truncatedTo(ChronoUnit.SECONDS).equals(modified))
                            .isEmpty();
        }
    }

    /**
     * Deletes an object.
     *
     * @throws PreconditionFailed when the conditions do not hold
     */
    void delete(S3Call call, ObjectKey key, Conditions conditions) {
        try {
            files.delete(call.caller(), key, decided(call, key, conditions));
        } catch (NotFound alreadyGone) {
            return;
        } catch (PreconditionFailed failed) {
            if (!WriteTarget.isMissing(call, files, key)) {
                throw failed;
            }
        }
    }

    /** Returns conditions that the core can decide. For a size or a time, the object is looked at, and exactly that version is deleted. */
    private Preconditions decided(S3Call call, ObjectKey key, Conditions conditions) {
        if (conditions.size().isEmpty() && conditions.lastModified().isEmpty()) {
            return conditions.preconditions();
        }
        ObjectInfo info = files.stat(call.caller(), key).orElseThrow(() -> NotFound.file(key.value()));
        conditions.preconditions().check(key, Optional.of(info));
        if (!conditions.hold(info)) {
            throw new PreconditionFailed(
                    "The object has another size, or was last modified at another time", key.value());
        }
        return Preconditions.of(new WriteCondition.IfMatch(info.etag()));
    }
}
