package dev.stowage.app.adapter;

import dev.stowage.core.port.StorageProvider;
import java.util.Objects;
import java.util.ServiceConfigurationError;

/** Describes in one line, for operators, why code of an adapter can't be loaded or failed. */
final class AdapterFault {

    private static final String SERVICE = StorageProvider.class.getName() + ": ";

    private AdapterFault() {}

    static String of(Throwable failure) {
        Throwable cause = cause(failure);
        String message = Objects.requireNonNullElse(cause.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("");
        if (cause instanceof UnsupportedClassVersionError) {
            return "it is compiled for a later Java than " + Runtime.version().feature() + ": " + message;
        }
        if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
            return missing(message);
        }
        if (cause instanceof LinkageError) {
            return "it does not fit this version of Stowage, or two of its libraries don't fit each other: " + message;
        }
        if (cause instanceof ServiceConfigurationError) {
            return message.startsWith(SERVICE) ? message.substring(SERVICE.length()) : message;
        }
        return cause.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    }

    /** @param message the name of the class, or a sentence about it */
    private static String missing(String message) {
        if (message.contains(" ")) {
            return message;
        }
        String name = message.replace('/', '.');
        return name.startsWith("dev.stowage.core.")
                ? "it needs " + name + ", which this version of Stowage does not have"
                : "the class " + name + " is missing; add the jar that contains it";
    }

    private static Throwable cause(Throwable failure) {
        boolean wrapper =
                failure instanceof ServiceConfigurationError || failure instanceof ExceptionInInitializerError;
        return wrapper && failure.getCause() != null ? cause(failure.getCause()) : failure;
    }
}
