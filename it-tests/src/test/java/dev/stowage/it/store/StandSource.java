package dev.stowage.it.store;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** A stand that is started on demand. */
public final class StandSource {

    private static final String LOCALSTACK = "localstack";

    private final String name;
    private final Supplier<? extends Stand> stand;

    StandSource(String name, Supplier<? extends Stand> stand) {
        this.name = name;
        this.stand = stand;
    }

    /** The name of the kind of store. */
    public String name() {
        return name;
    }

    /** The stand; when it is not available, the requesting test is skipped with the reason. */
    public Stand get() {
        if (name.equals(LOCALSTACK)) {
            Assumptions.assumeTrue(
                    LocalStackBackend.isAvailable(), "LocalStack needs Docker, or it-tests/localstack/install");
        }
        return stand.get();
    }
}
