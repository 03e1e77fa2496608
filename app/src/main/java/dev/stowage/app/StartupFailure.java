package dev.stowage.app;

import org.jspecify.annotations.Nullable;

/** The service or a command can't start. The message is for the operator, and says what to do. */
final class StartupFailure extends RuntimeException {

    StartupFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
