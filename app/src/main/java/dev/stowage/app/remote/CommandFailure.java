package dev.stowage.app.remote;

import dev.stowage.client.DeletedFile;
import dev.stowage.client.StowageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A failure with the exit code that it leads to, and a message for people. */
final class CommandFailure extends RuntimeException {

    static final int SOME_FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_ALLOWED = 3;
    static final int UNREACHABLE = 4;
    static final int NOT_FOUND = 5;
    static final int EXISTS = 6;

    /** What shells report for a process that SIGINT has ended. */
    static final int INTERRUPTED = 130;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(USAGE, message);
    }

    static CommandFailure failed(String message) {
        return new CommandFailure(SOME_FAILED, message);
    }

    static CommandFailure notFound(String message) {
        return new CommandFailure(NOT_FOUND, message);
    }

    static CommandFailure of(StowageException e) {
        String id = e.requestId().map(text -> " (request " + text + ")").orElse("");
        return new CommandFailure(exitCode(e), e.getMessage() + id, e);
    }

    /** @param file that was not deleted */
    static CommandFailure of(DeletedFile file) {
        int exitCode = switch (file.error().orElse("")) {
            case "AccessDenied", "Unauthorized" -> NOT_ALLOWED;
            case "FileNotFound" -> NOT_FOUND;
            case "Conflict", "PreconditionFailed" -> EXISTS;
            case "StorageRejected", "StorageUnavailable" -> UNREACHABLE;
            default -> SOME_FAILED;
        };
        return new CommandFailure(exitCode, file.message());
    }

    static CommandFailure of(IOException e) {
        return new CommandFailure(SOME_FAILED, describe(e), e);
    }

    private static String describe(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "There is no file " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "No permission for " + denied.getFile();
        }
        if (e instanceof FileSystemException failed && failed.getReason() == null) {
            return failed.getClass().getSimpleName() + ": " + failed.getFile();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static int exitCode(StowageException e) {
        if (e.error().equals(StowageException.UNREACHABLE)) {
            return UNREACHABLE;
        }
        return switch (e.status()) {
            case 401, 403 -> NOT_ALLOWED;
            case 404, 410 -> NOT_FOUND;
            case 409, 412 -> EXISTS;
            case 502, 503, 504 -> UNREACHABLE;
            default -> SOME_FAILED;
        };
    }

    int exitCode() {
        return exitCode;
    }

    /** Returns the message, which is never missing. */
    String text() {
        return String.valueOf(getMessage());
    }
}
