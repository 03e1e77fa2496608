package dev.stowage.app;

import dev.stowage.app.config.AuditConfig;
import dev.stowage.app.logging.AuditLines;
import dev.stowage.app.logging.LimitedAudit;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.http.ops.HealthCheck;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.Signals;

/** The audit log of a running process, with its health check and its meters. */
final class AuditTrail implements AutoCloseable {

    private final Optional<AuditLines> lines;
    private final Optional<LimitedAudit> limited;

    private AuditTrail(Optional<AuditLines> lines) {
        this.lines = lines;
        this.limited = lines.map(LimitedAudit::start);
    }

    /**
     * Opens the audit log and records the start of the service in it.
     *
     * @throws StartupFailure when the file can't be opened
     */
    static AuditTrail open(AuditConfig config) {
        try {
            AuditTrail trail = new AuditTrail(lines(config));
            trail.log()
                    .add(new AuditEvent(
                            Optional.of(Principal.SERVICE),
                            "service.start",
                            Optional.empty(),
                            AuditEvent.OK,
                            Map.of()));
            trail.lines.ifPresent(lines -> Signals.register("HUP", lines::reopen));
            return trail;
        } catch (IllegalStateException e) {
            throw new StartupFailure("AUDIT_LOG_FILE: " + e.getMessage(), e);
        }
    }

    private static Optional<AuditLines> lines(AuditConfig config) {
        return config.standardOutput()
                ? Optional.of(AuditLines.onStandardOutput(config.required()))
                : config.file().map(file -> AuditLines.open(file, config.required()));
    }

    AuditLog log() {
        return limited.<AuditLog>map(log -> log).orElse(AuditLog.NONE);
    }

    List<HealthCheck> checks() {
        return lines.stream()
                .map(log -> new HealthCheck("audit_log", log::check))
                .toList();
    }

    void bind(MeterRegistry registry) {
        lines.ifPresent(audit -> {
            FunctionCounter.builder("stowage.audit.lines.lost", audit, AuditLines::lost)
                    .description("Lines of the audit log that could not be written")
                    .register(registry);
            Gauge.builder("stowage.audit.failing", audit, log -> log.isFailing() ? 1 : 0)
                    .description("1 while the audit log can't be written")
                    .register(registry);
        });
    }

    @Override
    public void close() throws IOException {
        limited.ifPresent(LimitedAudit::close);
        if (lines.isPresent()) {
            lines.get().close();
        }
    }
}
