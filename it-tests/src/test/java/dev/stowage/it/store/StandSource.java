package dev.stowage.it.store;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** A stand that is started when a test asks for it. */
public final class StandSource {

    private static final String LOCALSTACK = "localstack";

    private final String name;
    private final Supplier<? extends Stand> stand;

    StandSource(String name, Supplier<? extends Stand> stand) {
        this.name = name;
        this.stand = stand;
    }

    /** What the kind of store is called. */
    public String name() {
        return name;
    }

    /** The stand; where it can't be had, the test that asks is skipped, with the reason. */
    public Stand get() {
        if (name.equals(LOCALSTACK)) {
            Assumptions.assumeTrue(
                    LocalStackBackend.isAvailable(), "LocalStack needs Docker, or it-tests/localstack/install");
        }
        return stand.get();
    }
}
