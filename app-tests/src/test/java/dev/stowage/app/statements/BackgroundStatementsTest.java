package dev.stowage.app.statements;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.apikey.AccessControl;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.upload.UploadMaintenance;
import dev.stowage.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements authentication costs, and background work that finds nothing to do. */
final class BackgroundStatementsTest {

    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    private Path folder;

    @Test
    void authentication_askedForTheVersionOfAllKeys() {
        assertCosts(new Costs(1, 1, 0), node -> {
            TestClock clock = new TestClock();
            AccessControl access = access(node, clock);
            ApiKeyManagement.NewKey key = newKey(node, clock);
            access.keyAuthenticator().authenticate(key.text());
            clock.advance(Duration.ofMillis(20));
            return () -> access.keyAuthenticator().authenticate(key.text());
        });
    }

    @Test
    void authentication_withinTheTimeThatKeysAreRemembered() {
        assertCosts(new Costs(0, 0, 0), node -> {
            TestClock clock = new TestClock();
            AccessControl access = access(node, clock);
            ApiKeyManagement.NewKey key = newKey(node, clock);
            access.keyAuthenticator().authenticate(key.text());
            clock.advance(Duration.ofMillis(19));
            return () -> access.keyAuthenticator().authenticate(key.text());
        });
    }

    @Test
    void heartbeat() {
        assertCosts(new Costs(2, 2, 1), node -> () -> {
            Instant now = node.clock.instant();
            node.repositories.leases().beat(now, now.plus(LONG));
        });
    }

    @Test
    void lookForJobs() {
        assertCosts(
                new Costs(1, 1, 0),
                node -> () -> node.repositories.jobs().open(Optional.empty(), 64, 16, node.clock.instant()));
    }

    @Test
    void lookForAbandonedClaims() {
        assertCosts(new Costs(2, 2, 1), node -> () -> node.repositories.jobs().recover(Set.of(), node.clock.instant()));
    }

    @Test
    void sweepOfUploads() {
        assertCosts(new Costs(8, 8, 1), node -> {
            UploadMaintenance maintenance = new UploadMaintenance(
                    node.storage,
                    node.repositories.sessions(),
                    node.repositories.leases(),
                    CountedNode.LAYOUT,
                    CountedNode.POLICY,
                    new UploadMaintenance.Retention(LONG, LONG, LONG),
                    node.clock);
            return () -> {
                maintenance.resume(node.clock.instant());
                maintenance.abortAbandoned();
                maintenance.expire();
                maintenance.expirePartials();
                maintenance.pruneRecords();
                maintenance.abortOrphans(false);
            };
        });
    }

    @Test
    void sweepOfJobs() {
        assertCosts(new Costs(3, 3, 1), node -> () -> node.repositories.jobs().prune(Instant.EPOCH, Long.MAX_VALUE));
    }

    @Test
    void sweepOfUsage() {
        assertCosts(new Costs(1, 1, 0), node -> () -> node.withQuotas().settle());
    }

    private void assertCosts(Costs costs, Function<CountedNode, Runnable> prepared) {
        Costs.assertCosts(folder, costs, prepared);
    }

    private static AccessControl access(CountedNode node, TestClock clock) {
        return new AccessControl(node.repositories.keys(), node.repositories.principals(), Optional.empty(), clock);
    }

    private static ApiKeyManagement.NewKey newKey(CountedNode node, TestClock clock) {
        return new ApiKeyManagement(
                        node.repositories.keys(), CountedNode.LAYOUT, CountedNode.POLICY, Optional.empty(), clock)
                .create(Principal.ANYONE, "key", Rights.ALL, Optional.empty(), false);
    }
}
