package dev.stowage.app.config;

import java.util.List;

/** Settings that can't be used. The message lists all that is wrong, and is written for whoever runs the service. */
public final class InvalidConfiguration extends RuntimeException {

    /** @param problems at least one; what is there twice is shown once */
    InvalidConfiguration(List<String> problems) {
        super(message(problems.stream().distinct().toList()));
    }

    private static String message(List<String> problems) {
        String count = problems.size() == 1 ? "one setting is wrong" : problems.size() + " settings are wrong";
        return count + ":\n  " + String.join("\n  ", problems)
                + "\nSettings come from the environment, over the file .env in the working folder; .env.example explains each.";
    }
}
