package dev.stowage.app.remote;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param variables the environment variables
 * @param folder the working directory
 * @param terminal whether a person reads the output
 * @param in standard input
 * @param out standard output, for bytes of files
 */
public record Shell(Map<String, String> variables, Path folder, boolean terminal, InputStream in, OutputStream out) {

    /** Returns a variable; empty when it is not set or has no text. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** Returns the directory of settings and state: {@code stowage} in {@code $XDG_CONFIG_HOME}, or in {@code ~/.config}. */
    Path configFolder() {
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(variable("HOME").orElse(".")).resolve(".config"))
                .resolve("stowage");
    }

    /** Omits the environment variables, which hold secrets. */
    @Override
    public String toString() {
        return "Shell[folder=" + folder + ", terminal=" + terminal + "]";
    }
}
