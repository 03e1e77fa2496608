package dev.stowage.repositories;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Encodes rights in rows: a line for each scope and each action. Neither contains line breaks. */
final class RightsText {

    private static final String EVERYTHING = "everything";
    private static final String PROJECT = "project=";
    private static final String PREFIX = "prefix=";
    private static final String KEY = "key=";

    private RightsText() {}

    static String scopes(Rights rights) {
        return rights.scopes().stream().map(RightsText::text).sorted().collect(Collectors.joining("\n"));
    }

    static String actions(Rights rights) {
        return rights.actions().stream().map(Action::id).sorted().collect(Collectors.joining("\n"));
    }

    /** Scopes and actions that are unknown to this version grant nothing. */
    static Rights parse(String scopes, String actions) {
        Set<Scope> known =
                scopes.lines().map(RightsText::scope).flatMap(Optional::stream).collect(Collectors.toSet());
        Set<Action> named =
                actions.lines().map(Action::named).flatMap(Optional::stream).collect(Collectors.toSet());
        return new Rights(known, named);
    }

    private static String text(Scope scope) {
        if (scope instanceof Scope.Project project) {
            return PROJECT + project.id();
        }
        if (scope instanceof Scope.Under under) {
            return PREFIX + under.prefix();
        }
        return scope instanceof Scope.Only only ? KEY + only.key() : EVERYTHING;
    }

    private static Optional<Scope> scope(String line) {
        if (line.startsWith(PROJECT)) {
            return Optional.of(new Scope.Project(line.substring(PROJECT.length())));
        }
        if (line.startsWith(PREFIX)) {
            return Optional.of(new Scope.Under(new KeyPrefix(line.substring(PREFIX.length()))));
        }
        if (line.startsWith(KEY)) {
            return Optional.of(new Scope.Only(new ObjectKey(line.substring(KEY.length()))));
        }
        return line.equals(EVERYTHING) ? Optional.of(new Scope.Everything()) : Optional.empty();
    }
}
