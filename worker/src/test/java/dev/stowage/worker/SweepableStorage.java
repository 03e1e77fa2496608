package dev.stowage.worker;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.Storage;
import java.util.Optional;

/** A store whose maintenance is set by the test. */
final class SweepableStorage extends ForwardingStorage {

    private final Maintenance housekeeping;

    SweepableStorage(Storage storage, Maintenance housekeeping) {
        super(storage);
        this.housekeeping = housekeeping;
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(housekeeping);
    }
}
