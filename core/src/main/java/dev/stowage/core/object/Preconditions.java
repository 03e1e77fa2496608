package dev.stowage.core.object;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client's conditions on the object under a key (RFC 9110, section 13.1), with the precedence of section 13.2.2.
 *
 * <p>{@code If-None-Match: *} and {@code If-Match} with one tag are decided by the store. For lists, {@code If-Match: *} and dates, the
 * object's properties are read; if the conditions hold, the store is asked to change exactly that version.
 *
 * @param ifUnmodifiedSince ignored if there is an {@code ifMatch}
 */
public record Preconditions(
        Optional<TagList> ifMatch, Optional<TagList> ifNoneMatch, Optional<Instant> ifUnmodifiedSince) {

    /** No conditions. */
    public static final Preconditions NONE = new Preconditions(Optional.empty(), Optional.empty(), Optional.empty());

    /** {@code If-None-Match: *}: there must be no object. */
    public static final Preconditions IF_ABSENT =
            new Preconditions(Optional.empty(), Optional.of(TagList.ANY), Optional.empty());

    /** The maximum number of attempts on an object that keeps being replaced. */
    private static final int ATTEMPTS = 4;

    /** Returns the preconditions that equal a store's condition. */
    public static Preconditions of(WriteCondition condition) {
        if (condition instanceof WriteCondition.IfMatch match) {
            TagList tags = new TagList(
                    false, List.of(new TagList.EntityTag(match.etag().value(), false)));
            return new Preconditions(Optional.of(tags), Optional.empty(), Optional.empty());
        }
        return condition instanceof WriteCondition.IfAbsent ? IF_ABSENT : NONE;
    }

    /** Whether there are no conditions. */
    public boolean isEmpty() {
        return ifMatch.isEmpty() && ifNoneMatch.isEmpty() && ifUnmodifiedSince.isEmpty();
    }

    /** Returns these conditions, with the additional one that there is no object. */
    public Preconditions andAbsent() {
        return new Preconditions(ifMatch, IF_ABSENT.ifNoneMatch(), ifUnmodifiedSince);
    }

    /** Whether the conditions hold for the current object under the key. */
    boolean hold(Optional<ObjectInfo> current) {
        return current.map(this::hold).orElse(ifMatch.isEmpty());
    }

    /** @throws PreconditionFailed when the conditions do not hold for {@code current} */
    public void check(ObjectKey key, Optional<ObjectInfo> current) {
        if (!hold(current)) {
            throw new PreconditionFailed(failure(key, current.isPresent()), key.value());
        }
    }

    /**
     * Returns the condition for the store.
     *
     * @param current reads the current object; called at most once, only if needed
     * @throws PreconditionFailed when the conditions do not hold for the current object, or never can
     */
    public WriteCondition decide(ObjectKey key, Supplier<Optional<ObjectInfo>> current) {
        Optional<WriteCondition> direct = direct();
        if (direct.isPresent()) {
            return direct.get();
        }
        Optional<ObjectInfo> found = current.get();
        check(key, found);
        return found.<WriteCondition>map(info -> new WriteCondition.IfMatch(info.etag()))
                .orElse(WriteCondition.IF_ABSENT);
    }

    /**
     * Makes a repeatable change under these conditions. If the object that was read is replaced before the store decides, it is read again,
     * up to a few times.
     *
     * @param current reads the current object
     * @param change calls the store with the condition that it decides
     * @throws PreconditionFailed when the conditions do not hold
     * @throws Conflict when the object keeps being replaced
     */
    public <T> T apply(ObjectKey key, Supplier<Optional<ObjectInfo>> current, Function<WriteCondition, T> change) {
        for (int attempt = 1; ; attempt++) {
            WriteCondition condition = decide(key, current);
            try {
                return change.apply(condition);
            } catch (PreconditionFailed replaced) {
                if (direct().isPresent()) {
                    throw replaced;
                }
                if (attempt == ATTEMPTS) {
                    throw new Conflict("The file at " + key + " is being replaced by other requests; try again");
                }
            }
        }
    }

    private String failure(ObjectKey key, boolean present) {
        if (!present) {
            return "No file at " + key + ", but the request requires one";
        }
        return ifNoneMatch.filter(TagList::any).isPresent()
                ? "A file exists at " + key + ", and the request must not replace it"
                : "The file at " + key + " does not meet the request's conditions; fetch its metadata and decide again";
    }

    /** Returns the condition if it does not depend on the current object. */
    private Optional<WriteCondition> direct() {
        if (isEmpty()) {
            return Optional.of(WriteCondition.NONE);
        }
        if (ifMatch.isEmpty()) {
            boolean create = ifNoneMatch.filter(TagList::any).isPresent();
            return create ? Optional.of(WriteCondition.IF_ABSENT) : Optional.empty();
        }
        List<TagList.EntityTag> tags = ifMatch.get().tags();
        boolean one = ifNoneMatch.isEmpty() && tags.size() == 1 && !tags.get(0).weak();
        return one ? etag(tags.get(0).value()).map(WriteCondition.IfMatch::new) : Optional.empty();
    }

    private boolean hold(ObjectInfo info) {
        if (ifMatch.isPresent()) {
            if (!ifMatch.get().matchesStrongly(info.etag())) {
                return false;
            }
        } else if (ifUnmodifiedSince.isPresent()
                && info.lastModified().truncatedTo(ChronoUnit.SECONDS).isAfter(ifUnmodifiedSince.get())) {
            return false;
        }
        return ifNoneMatch.isEmpty() || !ifNoneMatch.get().matchesWeakly(info.etag());
    }

    /** Returns the ETag, if an object can have it. */
    private static Optional<Etag> etag(String value) {
        try {
            return Optional.of(new Etag(value));
        } catch (InvalidInput neverOurs) {
            return Optional.empty();
        }
    }
}
