package dev.stowage.testkit.expiry;

import static dev.stowage.testkit.expiry.ExpiryBench.expire;
import static dev.stowage.testkit.expiry.ExpiryBench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.key.HiddenKeys;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.OwnExpiry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which files expire, and when. */
final class FileExpiryTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String KEY = "raw/p/a";

    private final ExpiryBench bench = new ExpiryBench();

    @Test
    void file_isDeleted_onceItIsOlderThanItsRule() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.put("raw/other/a", "1");

        bench.advance(HOUR.minusSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(Duration.ofSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
        assertThat(bench.exists("raw/other/a")).isTrue();
    }

    @Test
    void deletion_isAnEventWithItsReason_andInTheAuditLog() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.advance(HOUR);
        bench.run();

        Event last = bench.events().get(bench.events().size() - 1);
        assertThat(last.type()).isEqualTo(EventType.FILE_DELETED);
        assertThat(last.detail()).containsEntry("reason", "expired");
        assertThat(last.origin().principal()).contains("service");
        AuditEvent line = bench.audit.get(bench.audit.size() - 1);
        assertThat(line.operation()).isEqualTo("file.expire");
        assertThat(line.key()).contains(KEY);
        assertThat(line.result()).isEqualTo("ok");
        assertThat(line.detail()).containsEntry("rule", "r").containsEntry("prefix", "raw/p/");
    }

    @Test
    void fileWithItsOwnExpiry_isDeletedWithoutARule_asAnEventAndInTheAuditLog() {
        bench.put(KEY, "1", expiringIn(HOUR));
        bench.put("raw/p/other", "1");

        bench.advance(HOUR.minusSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(Duration.ofSeconds(1));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
        assertThat(bench.exists("raw/p/other")).isTrue();
        Event last = bench.events().get(bench.events().size() - 1);
        assertThat(last.type()).isEqualTo(EventType.FILE_DELETED);
        assertThat(last.detail()).containsEntry("reason", "expired");
        AuditEvent line = bench.audit.get(bench.audit.size() - 1);
        assertThat(line.operation()).isEqualTo("file.expire");
        assertThat(line.detail())
                .isEqualTo(Map.of("expires_at", bench.clock.instant().toString()));
    }

    @Test
    void newerVersionWithoutAnExpiry_isKept_alsoOfTheSameBytes() {
        bench.put(KEY, "1", expiringIn(HOUR));
        bench.put(KEY, "1");
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(KEY)).isTrue();
        assertThat(expire(bench.process())).isEmpty();
    }

    @Test
    void ofRuleAndOwnExpiry_theEarlierOneCounts() {
        bench.setRules(rule("raw/p/", HOUR.multipliedBy(2)));
        bench.put("raw/p/own", "1", expiringIn(HOUR));
        bench.put("raw/p/rule", "1", expiringIn(HOUR.multipliedBy(3)));
        bench.put("raw/other", "1", expiringIn(HOUR.multipliedBy(3)));

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists("raw/p/own")).isFalse();
        assertThat(bench.exists("raw/p/rule")).isTrue();

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists("raw/p/rule")).isFalse();
        assertThat(bench.exists("raw/other")).isTrue();
    }

    @Test
    void ownExpiry_outlivesTheRuleThatWasRemoved() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1", expiringIn(HOUR.multipliedBy(2)));
        bench.publish();
        bench.setRules();
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    private static Metadata expiringIn(Duration span) {
        return Metadata.NONE.expiring(Optional.of(OwnExpiry.inSeconds(span.toSeconds())));
    }

    @Test
    void filesBeforeTheRule_areFoundByAScan_thatAnotherProcessContinues() {
        for (int i = 0; i < 2500; i++) {
            bench.put("raw/p/%04d".formatted(i), "1");
        }
        bench.publish();
        bench.advance(HOUR);
        bench.setRules(rule("raw/p/", HOUR));

        assertThat(bench.process().scanPage()).isTrue();
        assertThat(bench.process().scanPage()).isTrue();
        assertThat(bench.process().scanPage()).isTrue();
        assertThat(bench.process().scanPage()).isFalse();
        assertThat(expire(bench.process()))
                .extracting(FileExpiry.Expired::files)
                .containsExactly(1000, 1000, 500);

        assertThat(bench.exists("raw/p/0000")).isFalse();
        assertThat(bench.exists("raw/p/2499")).isFalse();
    }

    @Test
    void newerVersion_isKept_untilItIsOldItself() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.publish();
        bench.advance(HOUR.dividedBy(2));
        bench.put(KEY, "1");
        bench.advance(HOUR.dividedBy(2));
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.advance(HOUR.dividedBy(2));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void removedRule_takesNothing_fromFilesThatItHadRecorded() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.publish();
        bench.setRules();
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(KEY)).isTrue();
        assertThat(expire(bench.process())).isEmpty();
    }

    @Test
    void longerRule_keepsFiles_andShorterRule_takesThemSooner() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.publish();
        bench.setRules(rule("raw/p/", HOUR.multipliedBy(3)));
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.setRules(rule("raw/p/", HOUR.plusMinutes(1)));
        bench.advance(Duration.ofMinutes(1));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void filter_isComparedWithTheFileAsItIs() {
        SourceFilter drafts = new SourceFilter(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                new Metadata(Map.of("state", "draft")));
        bench.setRules(rule("drafts", "raw/p/", HOUR, Optional.of(drafts)));
        bench.put(KEY, "1", new Metadata(Map.of("state", "draft")));
        bench.put("raw/p/b", "1");
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(KEY)).isFalse();
        assertThat(bench.exists("raw/p/b")).isTrue();
    }

    @Test
    void rule_takesNothing_whileItsWriterMayNotDelete() {
        bench.setRules(rule("raw/p/", HOUR));
        bench.put(KEY, "1");
        bench.principals.put("key:owner", with(Set.of(Action.READ)));
        bench.advance(HOUR);
        bench.run();
        assertThat(bench.exists(KEY)).isTrue();

        bench.principals.put("key:owner", with(Set.of(Action.DELETE)));
        bench.advance(Duration.ofDays(1));
        bench.run();
        assertThat(bench.exists(KEY)).isFalse();
    }

    @Test
    void ruleForAllFiles_leavesInternalObjects() {
        bench.setRules(rule("", HOUR));
        String internal = HiddenKeys.partial("x").value();
        bench.put(internal, "1");
        bench.put(KEY, "1");
        bench.advance(HOUR);
        bench.run();

        assertThat(bench.exists(internal)).isTrue();
        assertThat(bench.exists(KEY)).isFalse();
    }

    private static Principal with(Set<Action> actions) {
        return Principal.of("key:owner", "owner", new Rights(Set.of(new Scope.Everything()), actions));
    }
}
