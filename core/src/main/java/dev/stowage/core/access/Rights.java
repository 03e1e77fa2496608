package dev.stowage.core.access;

import dev.stowage.core.key.KeyLayout;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rights of a principal: each of the actions on the keys of each of the scopes.
 *
 * @param scopes unmodifiable; empty for no keys
 * @param actions unmodifiable
 */
public record Rights(Set<Scope> scopes, Set<Action> actions) {

    /** No rights. */
    public static final Rights NONE = new Rights(Set.of(), Set.of());

    /** All rights. */
    public static final Rights ALL = new Rights(Set.of(new Scope.Everything()), EnumSet.allOf(Action.class));

    public Rights {
        scopes = Set.copyOf(scopes);
        actions = Set.copyOf(actions);
    }

    /** Whether these rights include all of the others. */
    public boolean covers(Rights others, KeyLayout layout) {
        return actions.containsAll(others.actions)
                && others.scopes.stream().allMatch(scope -> scopes.stream().anyMatch(own -> own.covers(scope, layout)));
    }

    /**
     * Returns the rights that are in both. Where two scopes overlap and neither includes the other, the overlap is left out.
     */
    public Rights and(Rights others, KeyLayout layout) {
        Set<Action> both = actions.stream().filter(others.actions::contains).collect(Collectors.toSet());
        Set<Scope> common = scopes.stream()
                .flatMap(own -> others.scopes.stream().flatMap(other -> {
                    if (own.covers(other, layout)) {
                        return Stream.of(other);
                    }
                    return other.covers(own, layout) ? Stream.of(own) : Stream.empty();
                }))
                .collect(Collectors.toSet());
        return new Rights(common, both);
    }
}
