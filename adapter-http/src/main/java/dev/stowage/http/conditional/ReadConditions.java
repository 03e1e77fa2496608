package dev.stowage.http.conditional;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/** The conditions of a {@code GET} or {@code HEAD}, evaluated in the order of RFC 9110, section 13.2.2. */
public final class ReadConditions {

    /** The result of evaluating the conditions. */
    public enum Outcome {
        /** Respond as if there were no conditions. */
        PROCEED,
        /** 304: the client has this version. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    private final ConditionHeaders conditions;

    private ReadConditions(ConditionHeaders conditions) {
        this.conditions = conditions;
    }

    /**
     * @param headers returns the values of a field, one for each field line, by its case-insensitive name
     * @throws dev.stowage.core.error.InvalidInput when a list of entity tags is malformed
     */
    public static ReadConditions parse(Function<String, List<String>> headers) {
        return new ReadConditions(ConditionHeaders.parse(headers));
    }

    /** Whether there are no conditions. */
    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    /**
     * Returns whether to send the object; if not, the client has this version, and the response is a 304.
     *
     * @throws PreconditionFailed when the conditions are not met
     */
    public boolean proceed(ObjectInfo info) {
        return switch (evaluate(info.etag(), info.lastModified())) {
            case PROCEED -> true;
            case NOT_MODIFIED -> false;
            case FAILED ->
                throw new PreconditionFailed(
                        "The file at " + info.key()
                                + " does not meet the request's conditions; fetch its metadata and decide again",
                        info.key().value());
        };
    }

    /** Evaluates the conditions for an existing object. */
    public Outcome evaluate(Etag etag, Instant lastModified) {
        // Dates in header fields have a resolution of one second.
        Instant modified = lastModified.truncatedTo(ChronoUnit.SECONDS);
        if (conditions.ifMatch().isPresent()) {
            if (!conditions.ifMatch().get().matchesStrongly(etag)) {
                return Outcome.FAILED;
            }
        } else if (conditions.ifUnmodifiedSince().isPresent()
                && modified.isAfter(conditions.ifUnmodifiedSince().get())) {
            return Outcome.FAILED;
        }
        if (conditions.ifNoneMatch().isPresent()) {
            return conditions.ifNoneMatch().get().matchesWeakly(etag) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
        }
        boolean unmodified = conditions.ifModifiedSince().isPresent()
                && !modified.isAfter(conditions.ifModifiedSince().get());
        return unmodified ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }
}
