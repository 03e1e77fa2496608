package dev.stowage.core.job;

import dev.stowage.core.error.InvalidInput;
import java.util.regex.Pattern;

/**
 * Where the files of an import come from.
 *
 * @param name of the import source: 1 to 32 lower-case letters, digits and dashes, the first of which is no dash
 * @param overwrite whether other files under the target keys are replaced
 */
public record ImportFrom(String name, boolean overwrite) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** @throws InvalidInput when no source can have this name */
    public ImportFrom {
        if (!isName(name)) {
            throw InvalidInput.ofField(
                    "source.from",
                    "source.from must be the name of an import source: up to 32 lower-case letters, digits and dashes");
        }
    }

    /** Whether a source can have this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
