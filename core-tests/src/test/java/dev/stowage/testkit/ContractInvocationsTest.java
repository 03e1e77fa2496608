package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Known failures of a contract, the names of its tests, and its end when the store is dead. */
final class ContractInvocationsTest {

    @Test
    void knownFailure_thatFails_isReportedAsSkippedWithItsReason() {
        Events tests = run(DropsHeaders.class, "put_withAllHeaders_keepsThem");

        tests.assertThatEvents()
                .haveExactly(1, abortedWithReason(message(text -> text.contains("the emulator drops headers"))));
    }

    @Test
    void knownFailure_thatPasses_fails() {
        Events tests = run(IsMended.class, "put_withAllHeaders_keepsThem");

        tests.assertThatEvents()
                .haveExactly(1, finishedWithFailure(message(text -> text.contains("remove it from knownFailures()"))));
    }

    @Test
    void knownFailure_ofOneParameter_leavesTheOthers() {
        Events tests = run(IsMended.class, "put_withContentType_keepsIt", String.class);

        assertThat(tests.failed().count()).isEqualTo(1);
        assertThat(tests.succeeded().count()).isGreaterThan(3);
    }

    @Test
    void failure_ofTestWithParameters_namesThem() {
        Events tests = run(WriteSabotages.TrimsMetadata.class, "put_withMetadataValue_keepsIt", String.class);

        tests.assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(
                                message(text -> text.startsWith("put_withMetadataValue_keepsIt[value= padded ]: "))));
    }

    @Test
    void storeThatDies_endsTheRun() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Dies.class))
                .execute()
                .testEvents();

        assertThat(tests.failed().count()).isEqualTo(1);
        assertThat(tests.aborted().count()).isGreaterThan(300);
    }

    private static Events run(Class<?> contract, String method, Class<?>... parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(contract, method, parameters))
                .execute()
                .testEvents();
    }

    /** A store with a defect of its server. */
    static final class DropsHeaders extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new WriteSabotages.DropsHeaders().sabotage(correct);
        }

        @Override
        public Map<String, String> knownFailures() {
            return Map.of("put_withAllHeaders_keepsThem", "the emulator drops headers");
        }
    }

    /** A store whose server had defects. */
    static final class IsMended extends SabotagedContract {
        @Override
        public Map<String, String> knownFailures() {
            return Map.of(
                    "put_withAllHeaders_keepsThem", "the emulator drops headers",
                    "put_withContentType_keepsIt[contentType=text/plain]", "the emulator keeps no types");
        }
    }

    /** A store that stops to respond. */
    static final class Dies extends SabotagedContract {

        private volatile boolean dead;

        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public Optional<ObjectInfo> stat(ObjectKey key) {
                    dead = true;
                    throw new StorageUnavailable("The store can't be reached", null);
                }
            };
        }

        @Override
        Storage sabotage(Storage correct) {
            return new ForwardingStorage(correct) {
                @Override
                public void check() {
                    if (dead) {
                        throw new StorageUnavailable("The store can't be reached", null);
                    }
                }
            };
        }
    }
}
