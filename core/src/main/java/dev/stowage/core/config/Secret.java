package dev.stowage.core.config;

/**
 * A text that must not be shown: it prints as {@code ***}.
 *
 * @param value the text itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
