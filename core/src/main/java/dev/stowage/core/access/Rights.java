package dev.stowage.core.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * What somebody may do: each of the actions, with the keys of each of the scopes.
 *
 * @param scopes unmodifiable; without any, no key at all
 * @param actions unmodifiable
 */
public record Rights(Set<Scope> scopes, Set<Action> actions) {

    /** Nothing at all. */
    public static final Rights NONE = new Rights(Set.of(), Set.of());

    /** Everything. */
    public static final Rights ALL = new Rights(Set.of(new Scope.Everything()), EnumSet.allOf(Action.class));

    public Rights {
        scopes = Set.copyOf(scopes);
        actions = Set.copyOf(actions);
    }
}
