package dev.stowage.app.config;

import java.util.List;

/** The configuration is invalid. The message lists all problems, and is for the operator. */
public final class InvalidConfiguration extends RuntimeException {

    /** @param problems at least one; duplicates are shown once */
    InvalidConfiguration(List<String> problems) {
        super(message(problems.stream().distinct().toList()));
    }

    private static String message(List<String> problems) {
        String count = problems.size() == 1 ? "one setting is invalid" : problems.size() + " settings are invalid";
        return count + ":\n  " + String.join("\n  ", problems)
                + "\nSettings are read from the environment, then from the file .env in the working folder; .env.example describes each.";
    }
}
