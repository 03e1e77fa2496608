package dev.stowage.core.key;

import java.util.List;
import java.util.regex.Pattern;

/** A segment of a {@link KeyLayout}'s template. */
sealed interface LayoutSegment {

    /** Whether {@code text}, a segment of a key, matches. */
    boolean accepts(String text);

    /** Fixed text. */
    record Literal(String text) implements LayoutSegment {
        @Override
        public boolean accepts(String other) {
            return text.equals(other);
        }
    }

    /** A segment whose text becomes the value of a variable. */
    sealed interface Variable extends LayoutSegment {
        String PROJECT_ID = "project_id";

        String name();

        /** Whether its value is the id of a project. */
        default boolean isProject() {
            return name().equals(PROJECT_ID);
        }
    }

    /** {@code {name}}: any segment. */
    record AnyOne(String name) implements Variable {
        private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

        @Override
        public boolean accepts(String text) {
            return !isProject() || PROJECT.matcher(text).matches();
        }
    }

    /** {@code {name=a|b}}: one of some words. */
    record OneOf(String name, List<String> words) implements Variable {
        @Override
        public boolean accepts(String text) {
            return words.contains(text);
        }
    }

    /** {@code {name**}}: this segment and all following ones. */
    record Rest(String name) implements Variable {
        /** A project is a single segment. */
        @Override
        public boolean isProject() {
            return false;
        }

        @Override
        public boolean accepts(String text) {
            return true;
        }
    }
}
