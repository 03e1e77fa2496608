package dev.stowage.app;

import org.jspecify.annotations.Nullable;

/** The service can't be started as things are. The message is written for whoever runs it, and says what to do. */
final class StartupFailure extends RuntimeException {

    StartupFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
