package dev.stowage.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The audit log on a full disk: a symbolic link to {@code /dev/full}. */
final class FullAuditDiskTest {

    private static final Path FULL = Path.of("/dev/full");
    private static final AuditEvent LINE =
            AuditEvent.of(Principal.of("key:1", "ci", Rights.NONE), "file.put", "a", "ok");

    private final AtomicLong nanos = new AtomicLong(5);
    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLines.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        assumeTrue(Files.isWritable(FULL), "requires /dev/full");
        file = Files.createSymbolicLink(folder.resolve("audit.jsonl"), FULL);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
    }

    @Test
    void lostLines_areCounted_andLoggedOnceAMinute() {
        AuditLines audit = AuditLines.open(file, false, nanos::get);

        for (int i = 0; i < 100; i++) {
            audit.add(LINE);
        }
        assertThat(audit.lost()).isEqualTo(100);
        assertThat(audit.isFailing()).isTrue();
        assertThat(log.list).hasSize(1);
        assertThatThrownBy(audit::check)
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("audit log is not writable");

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
        audit.add(LINE);
        assertThat(log.list).hasSize(2);
    }

    @Test
    void require_refusesChanges_onlyWhereTheLogIsRequired() {
        AuditLines optional = AuditLines.open(file, false, nanos::get);
        AuditLines required = AuditLines.open(file, true, nanos::get);
        optional.add(LINE);
        required.add(LINE);

        assertThatCode(optional::require).doesNotThrowAnyException();
        assertThatThrownBy(required::require)
                .isInstanceOf(StorageUnavailable.class)
                .hasMessageContaining("changes that can't be logged are refused");
    }

    @Test
    void freedDisk_isDetectedByTheCheck_andTheGapIsLogged() throws IOException {
        AuditLines audit = AuditLines.open(file, true, nanos::get);
        audit.add(LINE);
        audit.add(LINE);

        Files.delete(file);
        audit.check();
        audit.require();
        audit.add(LINE);

        assertThat(audit.isFailing()).isFalse();
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        notice -> assertThat(notice).contains("audit.lines_lost", "\"count\":\"2\""),
                        line -> assertThat(line).contains("file.put"));
    }
}
