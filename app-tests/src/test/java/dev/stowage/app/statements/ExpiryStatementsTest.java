package dev.stowage.app.statements;

import static dev.stowage.app.statements.CountedNode.OWNER;
import static dev.stowage.app.statements.CountedNode.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Origin;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.eventlog.EventStorage;
import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements the expiry of files costs. */
final class ExpiryStatementsTest {

    private static final int FILES = 100;
    private static final int CONCURRENCY = 16;
    private static final PutOptions EXPIRING =
            PutOptions.of(ObjectAttributes.DEFAULT.expiring(Optional.of(OwnExpiry.inSeconds(60))));

    @TempDir
    private Path folder;

    @Test
    void writeOfAFile_withARule_costsWhatItCostsWithout() {
        assertCosts(new Costs(4, 4, 2), node -> {
            setRule(node, "raw/");
            return () -> put(node, 1);
        });
        assertCosts(new Costs(4, 4, 2), node -> () -> put(node, 1));
    }

    @Test
    void publication_withoutRules() {
        assertCosts(new Costs(6, 6, 1), node -> publication(node));
    }

    @Test
    void publication_withRulesForOtherFiles() {
        assertCosts(new Costs(6, 6, 1), node -> {
            setRule(node, "processed/");
            return publication(node);
        });
    }

    @Test
    void publication_ofFilesThatMayExpire() {
        assertCosts(new Costs(8, 8, 1), node -> {
            setRule(node, "raw/");
            return publication(node);
        });
    }

    @Test
    void writeOfAFile_thatExpiresByItself_costsWhatItCostsWithout() {
        assertCosts(new Costs(4, 4, 2), node -> () -> put(node, 1, EXPIRING));
    }

    @Test
    void publication_ofFilesThatExpireByThemselves() {
        assertCosts(new Costs(8, 8, 1), node -> publication(node, EXPIRING));
    }

    @Test
    void lookForDueFiles() {
        assertCosts(
                new Costs(2, 2, 0),
                node -> () -> assertThat(expiry(node, node.clock).isDue()).isFalse());
    }

    @Test
    void expiryOfABatch() {
        assertCosts(new Costs(3, 3, 1), node -> {
            setRule(node, "raw/");
            publication(node).run();
            InstantSource later = () -> node.clock.instant().plus(Duration.ofDays(2));
            return () -> assertThat(expiry(node, later)
                            .expireDue(batch -> assertThat(batch.files()).isEqualTo(FILES)))
                    .isTrue();
        });
    }

    @Test
    void pageOfAScan() {
        assertCosts(new Costs(4, 4, 1), node -> {
            store(node);
            setRule(node, "raw/");
            return () -> assertThat(expiry(node, node.clock).scanPage()).isTrue();
        });
    }

    private void assertCosts(Costs costs, Function<CountedNode, Runnable> prepared) {
        Costs.assertCosts(folder, costs, prepared);
    }

    private static ObjectStore recorded(CountedNode node) {
        return new EventStorage(node.storage, node.repositories.changeIntents(), () -> Origin.UNKNOWN, node.clock)
                .objects();
    }

    private static void put(CountedNode node, int number) {
        put(node, number, PutOptions.DEFAULT);
    }

    private static void put(CountedNode node, int number, PutOptions options) {
        recorded(node).put(new ObjectKey("raw/p1/" + number), Content.of(new byte[] {1}), options);
    }

    private static void store(CountedNode node) {
        store(node, PutOptions.DEFAULT);
    }

    private static void store(CountedNode node, PutOptions options) {
        for (int i = 0; i < FILES; i++) {
            put(node, i, options);
        }
    }

    /** Publishes the events of some files, by a process that knows the rules. */
    private static Runnable publication(CountedNode node) {
        return publication(node, PutOptions.DEFAULT);
    }

    private static Runnable publication(CountedNode node, PutOptions options) {
        EventPublisher publisher =
                new EventPublisher(node.repositories.events(), Optional.empty(), node.repositories.expiry());
        put(node, 0);
        boolean unused = publisher.publish();
        store(node, options);
        return () -> {
            boolean unusedHere = publisher.publish();
        };
    }

    private static FileExpiry expiry(CountedNode node, InstantSource clock) {
        return new FileExpiry(
                node.storage.objects(),
                node.repositories.expiry(),
                id -> Optional.of(OWNER),
                POLICY,
                CONCURRENCY,
                clock);
    }

    private static void setRule(CountedNode node, String prefix) {
        node.services()
                .lifecycle()
                .replace(
                        OWNER,
                        List.of(new LifecycleRule(
                                "r", new KeyPrefix(prefix), Optional.empty(), Duration.ofDays(1), Optional.empty())),
                        current -> true);
    }
}
