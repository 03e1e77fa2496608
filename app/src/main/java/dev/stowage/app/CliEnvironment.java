package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.config.InvalidConfiguration;
import java.nio.file.Path;
import java.util.Map;

/**
 * The environment of a command.
 *
 * @param environment the environment variables
 * @param folder the working directory
 * @param terminal whether the output goes to a terminal
 */
record CliEnvironment(Map<String, String> environment, Path folder, boolean terminal) {

    /** @throws InvalidConfiguration when a setting is invalid */
    Configuration configuration() {
        return Configuration.load(environment, folder, Version.current());
    }

    /** Omits the environment variables, which hold secrets. */
    @Override
    public String toString() {
        return "CliEnvironment[folder=" + folder + ", terminal=" + terminal + "]";
    }
}
