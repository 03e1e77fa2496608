package dev.stowage.http.conditional;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The conditions of a {@code PUT}, turned into one that the store decides at the moment of writing.
 *
 * <p>{@code If-None-Match: *} and {@code If-Match} with one tag are such already. For lists, {@code If-Match: *} and dates, what
 * is there is looked at once: when the conditions hold of it, the store is to write only over exactly that.
 */
public final class WriteConditions {

    private final ConditionHeaders conditions;

    private WriteConditions(ConditionHeaders conditions) {
        this.conditions = conditions;
    }

    /**
     * @param headers the values of a field, one for each line of it, by its name in any case
     * @throws dev.stowage.core.error.InvalidInput when a list of tags is none
     */
    public static WriteConditions parse(Function<String, List<String>> headers) {
        return new WriteConditions(ConditionHeaders.parse(headers));
    }

    /**
     * The condition for the store.
     *
     * @param current looks at what is there; asked once, and only when it must be known
     * @throws PreconditionFailed when the conditions do not hold of what is there, or never can
     */
    public WriteCondition decide(ObjectKey key, Supplier<Optional<ObjectInfo>> current) {
        Optional<WriteCondition> direct = direct();
        if (direct.isPresent()) {
            return direct.get();
        }
        Optional<ObjectInfo> found = current.get();
        boolean holds = found.map(this::holds).orElse(conditions.ifMatch().isEmpty());
        if (!holds) {
            throw new PreconditionFailed(
                    found.isPresent()
                            ? "The file at " + key + " is not the one the request asks for; look at it and decide again"
                            : "There is no file at " + key + " to replace",
                    key.value());
        }
        return found.<WriteCondition>map(info -> new WriteCondition.IfMatch(info.etag()))
                .orElse(WriteCondition.IF_ABSENT);
    }

    /** What needs no look. {@code If-Modified-Since} is for reads alone. */
    private Optional<WriteCondition> direct() {
        if (conditions.ifMatch().isEmpty()
                && conditions.ifNoneMatch().isEmpty()
                && conditions.ifUnmodifiedSince().isEmpty()) {
            return Optional.of(WriteCondition.NONE);
        }
        if (conditions.ifMatch().isEmpty()) {
            boolean create = conditions.ifNoneMatch().filter(TagList::any).isPresent();
            return create ? Optional.of(WriteCondition.IF_ABSENT) : Optional.empty();
        }
        List<EntityTag> tags = conditions.ifMatch().get().tags();
        boolean one = conditions.ifNoneMatch().isEmpty()
                && tags.size() == 1
                && !tags.get(0).weak();
        return one ? etag(tags.get(0).value()).map(WriteCondition.IfMatch::new) : Optional.empty();
    }

    private boolean holds(ObjectInfo info) {
        if (conditions.ifMatch().isPresent()) {
            if (!conditions.ifMatch().get().matchesStrongly(info.etag())) {
                return false;
            }
        } else if (conditions.ifUnmodifiedSince().isPresent()
                && info.lastModified()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .isAfter(conditions.ifUnmodifiedSince().get())) {
            return false;
        }
        return conditions.ifNoneMatch().isEmpty()
                || !conditions.ifNoneMatch().get().matchesWeakly(info.etag());
    }

    /** The tag, when an object of ours can have it. */
    private static Optional<Etag> etag(String value) {
        try {
            return Optional.of(new Etag(value));
        } catch (InvalidInput neverOurs) {
            return Optional.empty();
        }
    }
}
