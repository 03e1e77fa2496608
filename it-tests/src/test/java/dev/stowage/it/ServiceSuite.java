package dev.stowage.it;

import dev.stowage.it.service.Api;
import dev.stowage.it.store.Stand;
import dev.stowage.it.store.StandSource;
import dev.stowage.it.store.Stands;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A suite that runs on every store, each test with its own project. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(Stands.class)
abstract class ServiceSuite {

    @Parameter
    StandSource source;

    Stand stand;
    Api api;

    /** A project id that no other test uses. */
    String project;

    @BeforeEach
    final void take(TestInfo test) {
        stand = source.get();
        api = stand.api();
        project = getClass().getSimpleName() + "-"
                + Integer.toHexString(test.getDisplayName().hashCode());
    }

    /** A key of this test's project. */
    final String key(String filename) {
        return "raw/" + project + "/" + filename;
    }

    /** Pseudo-random bytes that are the same in every run. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }
}
