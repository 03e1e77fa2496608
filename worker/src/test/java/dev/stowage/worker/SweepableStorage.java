package dev.stowage.worker;

import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.Storage;
import java.util.Optional;

/** A store of which it can be chosen how it tidies up. */
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
