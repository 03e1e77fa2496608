package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.config.InvalidConfiguration;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command runs.
 *
 * @param environment the environment variables
 * @param folder the working folder
 * @param terminal whether the output goes to a terminal
 */
record CliEnvironment(Map<String, String> environment, Path folder, boolean terminal) {

    /** @throws InvalidConfiguration when anything in it is wrong */
    Configuration configuration() {
        return Configuration.load(environment, folder, Version.current());
    }

    /** Without the environment, which holds secrets. */
    @Override
    public String toString() {
        return "CliEnvironment[folder=" + folder + ", terminal=" + terminal + "]";
    }
}
