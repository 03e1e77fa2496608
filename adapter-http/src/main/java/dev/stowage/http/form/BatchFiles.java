package dev.stowage.http.form;

import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.PutResult;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.error.FailureLog;
import dev.stowage.http.error.Problem;
import java.util.Map;
import java.util.Optional;

/** Stores the files of one batch one by one; a failure becomes the result of its file. Safe for concurrent use. */
final class BatchFiles {

    private final Files files;
    private final Principal caller;
    private final ErrorMapper errors;
    private final FailureLog failures;

    BatchFiles(Files files, Principal caller, ErrorMapper errors, FailureLog failures) {
        this.files = files;
        this.caller = caller;
        this.errors = errors;
        this.failures = failures;
    }

    /** Stores {@code content} at the given key, if the conditions are met, and returns the result. */
    BatchItem store(String name, PartHeaders headers, Content content, BatchOptions options) {
        try {
            ObjectKey key = new ObjectKey(name);
            ObjectAttributes attributes =
                    new ObjectAttributes(headers.type(), new Metadata(Map.of(), options.expiry()));
            Preconditions conditions = headers.conditions(options.conditions());
            PutResult stored = files.put(caller, key, content, attributes, conditions, headers.digests());
            return new BatchItem(name, "File uploaded", Optional.empty(), Optional.of(stored.info()));
        } catch (RuntimeException e) {
            return failed(name, e);
        }
    }

    /** Returns the result of a file that could not be stored because of {@code failure}. */
    BatchItem failed(String key, RuntimeException failure) {
        Problem problem = errors.map(failure);
        failures.log(problem, failure, () -> "batch upload", key);
        return new BatchItem(key, problem.message(), Optional.of(problem.error()), Optional.empty());
    }
}
