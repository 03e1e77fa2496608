package dev.stowage.http.form;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.object.Content;
import dev.stowage.core.spool.Spool;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.http.metadata.ExpiresIn;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A form with repeated {@code keys} and {@code files}: the first file is stored at the first key, and so on. A file whose key precedes it
 * is stored as it arrives; another one is spooled until its key arrives. For one thread.
 */
final class BatchForm implements AutoCloseable {

    /** The maximum number of files in a form. */
    static final int MAX_FILES = 1000;

    private static final String KEYS = "keys";
    private static final String FILES = "files";
    private static final int MAX_KEY = 8 << 10;

    private final BatchFiles store;
    private final SpoolSpace spools;
    private final long maxFileSize;
    private final List<String> keys = new ArrayList<>();
    private final List<BatchItem> items = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private BatchOptions options;

    /** @param options the form may add to them before its first file */
    BatchForm(BatchFiles store, SpoolSpace spools, long maxFileSize, BatchOptions options) {
        this.options = options;
        this.store = store;
        this.spools = spools;
        this.maxFileSize = maxFileSize;
    }

    /**
     * Reads the form to its end and stores its files, each independently.
     *
     * @return the result of each file, in order
     * @throws InvalidInput when the form is malformed, ends early, or has different numbers of keys and files; {@code detail.stored} has
     *     the keys of the files that were stored, which are kept
     */
    List<BatchItem> upload(FormReader reader) throws IOException {
        try {
            for (Optional<FormPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                accept(part.get());
            }
            checkPairs();
            return items;
        } catch (StorageException e) {
            throw withStored(e);
        }
    }

    private void accept(FormPart part) throws IOException {
        switch (part.name()) {
            case KEYS -> acceptKey(part.text(MAX_KEY));
            case FILES -> acceptFile(part);
            case BatchOptions.IF_NONE_MATCH -> options = early(part).ifNoneMatch(part.text(MAX_KEY));
            case ExpiresIn.NAME -> options = early(part).expiresIn(part.text(MAX_KEY));
            default ->
                throw FormProblem.field(
                        part.name(),
                        "Unknown form field " + FormProblem.shown(part.name()) + "; the fields are " + KEYS + " and "
                                + FILES + ", and " + BatchOptions.IF_NONE_MATCH + " and " + ExpiresIn.NAME
                                + " before them");
        }
    }

    private void acceptKey(String key) {
        keys.add(key);
        if (!waiting.isEmpty()) {
            try (Waiting file = waiting.remove()) {
                items.add(file.store(store, key, options));
            }
        }
    }

    /** Options apply to all files, so they must come before the first of them is stored. */
    private BatchOptions early(FormPart part) {
        if (!items.isEmpty()) {
            throw FormProblem.field(part.name(), "The form field " + part.name() + " must come before all files");
        }
        return options;
    }

    private void acceptFile(FormPart part) throws IOException {
        if (items.size() < keys.size()) {
            items.add(stream(keys.get(items.size()), part));
        } else {
            waiting.add(keep(part));
        }
    }

    private BatchItem stream(String key, FormPart part) throws IOException {
        try {
            FormPart file = part.chosen();
            return store.store(key, file.headers(), Content.once(file.body(), OptionalLong.empty()), options);
        } catch (InvalidInput e) {
            return store.failed(key, e);
        }
    }

    private Waiting keep(FormPart part) throws IOException {
        try {
            FormPart file = part.chosen();
            return new Waiting.Kept(file.headers(), spools.keep(file.body(), maxFileSize));
        } catch (StorageException e) {
            return new Waiting.Refused(e);
        }
    }

    private void checkPairs() {
        int files = items.size() + waiting.size();
        if (files == 0 && keys.isEmpty()) {
            throw FormProblem.field(FILES, "Send at least one file, as pairs of " + KEYS + " and " + FILES);
        }
        if (files != keys.size()) {
            throw FormProblem.field(
                    files < keys.size() ? FILES : KEYS,
                    "The form has " + keys.size() + " " + KEYS + " and " + files + " " + FILES
                            + "; send one key for each file");
        }
    }

    private StorageException withStored(StorageException failure) {
        List<String> stored = items.stream()
                .filter(item -> item.stored().isPresent())
                .map(BatchItem::key)
                .toList();
        if (stored.isEmpty()) {
            return failure;
        }
        Map<String, Object> detail = new LinkedHashMap<>(failure.detail());
        detail.put("stored", stored);
        InvalidInput problem = new InvalidInput(
                ErrorCode.INVALID_REQUEST, failure.getMessage() + ". The files in detail.stored are stored", detail);
        problem.addSuppressed(failure);
        return problem;
    }

    /** Releases spooled files whose key never arrived. */
    @Override
    public void close() {
        waiting.forEach(Waiting::close);
    }

    /** A file that arrived before its key. */
    private sealed interface Waiting extends AutoCloseable {

        BatchItem store(BatchFiles files, String key, BatchOptions options);

        @Override
        void close();

        record Kept(PartHeaders headers, Spool spool) implements Waiting {

            @Override
            public BatchItem store(BatchFiles files, String key, BatchOptions options) {
                return files.store(key, headers, spool, options);
            }

            @Override
            public void close() {
                spool.close();
            }
        }

        record Refused(StorageException failure) implements Waiting {

            @Override
            public BatchItem store(BatchFiles files, String key, BatchOptions options) {
                return files.failed(key, failure);
            }

            @Override
            public void close() {}
        }
    }
}
