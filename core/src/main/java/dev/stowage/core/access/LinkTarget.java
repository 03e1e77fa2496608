package dev.stowage.core.access;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Set;

/** What a link leads to, and what its holders may do there. */
public sealed interface LinkTarget {

    /** What holders may do: {@link Action#READ} for downloads, or {@link Action#WRITE} for uploads. */
    Action action();

    /** Returns the key or the prefix as text. */
    String text();

    /** Returns the rights of those who have the link. */
    Rights rights();

    /** One file. */
    record OneFile(Action action, ObjectKey key) implements LinkTarget {

        public OneFile {
            check(action);
        }

        @Override
        public String text() {
            return key.value();
        }

        @Override
        public Rights rights() {
            return new Rights(Set.of(new Scope.Only(key)), Set.of(action));
        }
    }

    /** All files under a prefix. */
    record Folder(Action action, KeyPrefix prefix) implements LinkTarget {

        public Folder {
            check(action);
        }

        @Override
        public String text() {
            return prefix.value();
        }

        @Override
        public Rights rights() {
            return new Rights(Set.of(new Scope.Under(prefix)), Set.of(action));
        }
    }

    private static void check(Action action) {
        if (action != Action.READ && action != Action.WRITE) {
            throw new IllegalArgumentException("a link can't permit to " + action);
        }
    }
}
