package dev.stowage.worker.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.CurrentUpload;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.UploadSessions;
import dev.stowage.repositories.Repositories;
import dev.stowage.repositories.SqlDatabase;
import dev.stowage.repositories.SqlDialect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a resumable upload costs whose file comes in one request. */
final class SinglePutCostTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ProcessId PROCESS = ProcessId.random();

    @TempDir
    Path folder;

    @Test
    void creation_isOneCommit_andTheRequestTwo() {
        try (WorkerDatabase opened = WorkerDatabase.open(folder.resolve("worker.db"), PROCESS)) {
            Counted database = new Counted(opened);
            UploadSessions sessions = new Repositories(database, PROCESS).sessions();
            UploadSession session = session();

            sessions.resumable().add(session, 1000);
            database.assertCost(1, 2);

            CurrentUpload current = sessions.resumable().current(id(session)).orElseThrow();
            database.assertCost(0, 1);

            UploadSession putting = sessions.resumable()
                    .beginPut(current.newest(), current.session(), 3, NOW)
                    .orElseThrow();
            database.assertCost(1, 1);

            assertThat(sessions.change(putting, putting.completed(new Etag("a"), NOW)))
                    .isTrue();
            database.assertCost(1, 1);
        }
    }

    private static UploadSession session() {
        Resumption resumption = new Resumption(ResumableId.next(NOW), 100, "memo", false, Preconditions.NONE);
        return UploadSession.begun(
                new UploadInfo(
                        new ObjectKey("raw/p/a"), new UploadId(resumption.id().value()), NOW),
                UploadOrigin.resumable(Optional.of("key:1"), Map.of(), OptionalLong.of(3), resumption),
                ObjectAttributes.DEFAULT);
    }

    private static ResumableId id(UploadSession session) {
        return session.resumption().orElseThrow().id();
    }

    /** A database that counts its statements and the changes that wait for a commit. */
    private static final class Counted implements SqlDatabase {

        private final SqlDatabase target;
        private final AtomicInteger commits = new AtomicInteger();
        private final AtomicInteger statements = new AtomicInteger();

        Counted(SqlDatabase target) {
            this.target = target;
        }

        /** Checks the counts since the last call. */
        void assertCost(int expectedCommits, int expectedStatements) {
            assertThat(commits.getAndSet(0)).as("commits").isEqualTo(expectedCommits);
            assertThat(statements.getAndSet(0)).as("statements").isEqualTo(expectedStatements);
        }

        @Override
        public <T> T read(Function<Handle, T> query) {
            return target.read(handle -> query.apply(counted(handle)));
        }

        @Override
        public <T> T write(Function<Handle, T> change) {
            commits.incrementAndGet();
            return target.write(handle -> change.apply(counted(handle)));
        }

        @Override
        public <T> T add(Function<Handle, T> change) {
            commits.incrementAndGet();
            return target.add(handle -> change.apply(counted(handle)));
        }

        @Override
        public SqlDialect dialect() {
            return target.dialect();
        }

        private Handle counted(Handle handle) {
            handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    statements.incrementAndGet();
                }
            });
            return handle;
        }
    }
}
