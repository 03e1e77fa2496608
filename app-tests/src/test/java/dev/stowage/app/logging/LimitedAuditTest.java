package dev.stowage.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LimitedAuditTest {

    private static final AuditEvent REFUSED =
            new AuditEvent(Optional.empty(), "url.use", Optional.of("raw/p/a"), "AccessDenied", Map.of());

    private final List<AuditEvent> lines = new ArrayList<>();
    private final LimitedAudit audit = new LimitedAudit(lines::add, () -> 5_000_000_000L);

    @Test
    void anonymousRefusals_getTwentyLinesASecond_andASum() {
        for (int i = 0; i < 1000; i++) {
            audit.add(REFUSED);
        }
        assertThat(lines).hasSize(20);

        audit.sum();
        audit.sum();

        assertThat(lines).hasSize(21);
        assertThat(lines.get(20).operation()).isEqualTo("refusals");
        assertThat(lines.get(20).detail()).containsEntry("count", "980");
    }

    @Test
    void eventsOfPrincipals_getALineEach() {
        Principal ci = Principal.of("key:1", "ci", Rights.NONE);
        for (int i = 0; i < 100; i++) {
            audit.add(AuditEvent.of(ci, "file.put", "a", "AccessDenied"));
            audit.add(AuditEvent.of(Principal.ANYONE, "file.put", "a", "ok"));
        }

        assertThat(lines).hasSize(200);
    }
}
