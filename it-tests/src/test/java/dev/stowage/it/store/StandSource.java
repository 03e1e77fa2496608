package dev.stowage.it.store;

import java.util.function.Supplier;

/** A stand that is started on demand. */
public final class StandSource {

    private final StandKind kind;
    private final Supplier<? extends Stand> stand;

    StandSource(StandKind kind, Supplier<? extends Stand> stand) {
        this.kind = kind;
        this.stand = stand;
    }

    /** The kind of store and database. */
    public StandKind kind() {
        return kind;
    }

    /** The stand; when it is not available, the requesting test is skipped with the reason. */
    public Stand get() {
        kind.assumeAvailable();
        return stand.get();
    }
}
