package dev.stowage.core.batch;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * An inventory, created while it is read. A file that is missing, or that the store rejects, fails and is left out. A file that can't be
 * reached aborts the inventory, which is then started again, except in the last attempt.
 */
final class InventoryStream extends BodyStream {

    private final ObjectKey inventory;
    private final InventoryFormat format;
    private final ItemRun run;
    private final PropertyReader files;
    private final BooleanSupplier storeAnswers;
    private Optional<PropertyReader.Found> next;
    private byte[] line;
    private int position;

    InventoryStream(
            ObjectKey inventory,
            InventoryFormat format,
            ItemRun run,
            PropertyReader files,
            BooleanSupplier storeAnswers) {
        this.inventory = inventory;
        this.format = format;
        this.run = run;
        this.files = files;
        this.storeAnswers = storeAnswers;
        this.line = format.header().getBytes(StandardCharsets.UTF_8);
        this.next = Optional.empty();
    }

    /** Reads up to the first file of the inventory. Returns whether there is one. */
    boolean begin() {
        next = listed();
        return next.isPresent();
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) {
        int taken = 0;
        while (taken < length) {
            if (position == line.length && !advance()) {
                break;
            }
            int some = Math.min(length - taken, line.length - position);
            System.arraycopy(line, position, buffer, offset + taken, some);
            position += some;
            taken += some;
        }
        return taken == 0 ? -1 : taken;
    }

    private boolean advance() {
        if (next.isEmpty()) {
            return false;
        }
        PropertyReader.Found found = next.get();
        ObjectInfo file = found.file().orElseThrow();
        line = format.line(file).getBytes(StandardCharsets.UTF_8);
        position = 0;
        run.done(found.item(), Outcome.succeeded(file.size()));
        next = listed();
        return true;
    }

    /** The next file of the inventory; reports the outcomes of others before it. */
    private Optional<PropertyReader.Found> listed() {
        for (Optional<PropertyReader.Found> found = files.next(); found.isPresent(); found = files.next()) {
            Optional<Outcome> other = found.flatMap(this::unlisted);
            if (other.isEmpty()) {
                return found;
            }
            run.done(found.get().item(), other.get());
        }
        return Optional.empty();
    }

    private Optional<Outcome> unlisted(PropertyReader.Found found) {
        ObjectKey key = found.item().key();
        if (key.equals(inventory)) {
            return Optional.of(new Outcome.Skipped("The inventory does not include itself"));
        }
        if (found.failure().isPresent()) {
            return Optional.of(failed(found.failure().get()));
        }
        if (found.file().isEmpty()) {
            return Optional.of(new Outcome.Failed(NotFound.file(key.value())));
        }
        return run.selects(found.item(), found.file().get()) ? Optional.empty() : Optional.of(new Outcome.LeftOut());
    }

    private Outcome failed(StorageException failure) {
        if (failure instanceof StorageUnavailable && (!run.isLastAttempt() || !storeAnswers.getAsBoolean())) {
            throw failure;
        }
        return new Outcome.Failed(failure);
    }
}
