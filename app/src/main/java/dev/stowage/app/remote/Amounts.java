package dev.stowage.app.remote;

import dev.stowage.core.config.Units;
import java.time.Duration;

/** Sizes and durations among the arguments. */
final class Amounts {

    private Amounts() {}

    /** Returns a number of bytes. @throws CommandFailure when the text is no size */
    static long size(String option, String text) {
        try {
            return Units.size(text);
        } catch (IllegalArgumentException e) {
            throw invalid(option, text, e);
        }
    }

    /** @throws CommandFailure when the text is no duration */
    static Duration duration(String option, String text) {
        try {
            return Units.duration(text);
        } catch (IllegalArgumentException e) {
            throw invalid(option, text, e);
        }
    }

    private static CommandFailure invalid(String option, String text, IllegalArgumentException e) {
        return CommandFailure.usage(option + " '" + text + "': " + e.getMessage());
    }
}
