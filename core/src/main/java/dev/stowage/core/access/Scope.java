package dev.stowage.core.access;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Optional;
import java.util.regex.Pattern;

/** A set of keys. */
public sealed interface Scope {

    /** Whether {@code key} is in the scope. */
    boolean contains(ObjectKey key, KeyLayout layout);

    /** Whether every key with this prefix is in the scope. */
    boolean containsAll(KeyPrefix prefix, KeyLayout layout);

    /** Whether every key of another scope is in this one. False when that depends on which keys exist. */
    default boolean covers(Scope other, KeyLayout layout) {
        if (other instanceof Under under) {
            return containsAll(under.prefix(), layout);
        }
        if (other instanceof Only only) {
            return contains(only.key(), layout);
        }
        return equals(other) || this instanceof Everything;
    }

    /** All keys. */
    record Everything() implements Scope {
        @Override
        public boolean contains(ObjectKey key, KeyLayout layout) {
            return true;
        }

        @Override
        public boolean containsAll(KeyPrefix prefix, KeyLayout layout) {
            return true;
        }
    }

    /**
     * The keys of a project, see {@link KeyLayout#project(ObjectKey)}. Empty if the layout has no projects.
     *
     * @param id 1 to 128 of {@code A-Z a-z 0-9 . _ -}, beginning with a letter or digit
     */
    record Project(String id) implements Scope {
        private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

        /** @throws IllegalArgumentException when the id is not valid */
        public Project {
            if (!SYNTAX.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "a project must have 1 to 128 characters of A-Z a-z 0-9 . _ - and begin with a letter or digit");
            }
        }

        @Override
        public boolean contains(ObjectKey key, KeyLayout layout) {
            return layout.project(key).equals(Optional.of(id));
        }

        @Override
        public boolean containsAll(KeyPrefix prefix, KeyLayout layout) {
            return layout.project(prefix).equals(Optional.of(id));
        }
    }

    /** The keys with a prefix. */
    record Under(KeyPrefix prefix) implements Scope {
        @Override
        public boolean contains(ObjectKey key, KeyLayout layout) {
            return prefix.contains(key);
        }

        @Override
        public boolean containsAll(KeyPrefix other, KeyLayout layout) {
            return other.value().startsWith(prefix.value());
        }
    }

    /** One key. */
    record Only(ObjectKey key) implements Scope {
        @Override
        public boolean contains(ObjectKey other, KeyLayout layout) {
            return key.equals(other);
        }

        @Override
        public boolean containsAll(KeyPrefix prefix, KeyLayout layout) {
            return false;
        }
    }
}
