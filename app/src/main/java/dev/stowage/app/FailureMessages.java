package dev.stowage.app;

import dev.stowage.app.config.InvalidConfiguration;
import dev.stowage.core.error.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints why a command failed to standard error, without a stack trace for expected failures. */
final class FailureMessages implements IExecutionExceptionHandler {

    /** Commands that talk to a service log nothing, and start faster without logging. */
    private static final class Log {

        private static final Logger LOG = LoggerFactory.getLogger(FailureMessages.class);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments)
            throws Exception {
        if (failure instanceof InvalidConfiguration) {
            print(failure, command);
            return ExitCode.USAGE;
        }
        if (failure instanceof StartupFailure || failure instanceof StorageException) {
            Log.LOG.debug("Command failed", failure);
            print(failure, command);
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static void print(Exception failure, CommandLine command) {
        command.getErr().println("stowage: " + failure.getMessage());
    }
}
