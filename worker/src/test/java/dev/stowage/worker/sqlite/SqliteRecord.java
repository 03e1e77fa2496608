package dev.stowage.worker.sqlite;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.concurrent.SharedRecord;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A file that several processes have opened. */
final class SqliteRecord implements SharedRecord {

    private final Path file;
    private final LostCommits commits = new LostCommits();
    private final Deque<WorkerDatabase> databases = new ArrayDeque<>();

    SqliteRecord(Path folder) {
        file = folder.resolve("worker.db");
    }

    @Override
    public Member as(ProcessId process) {
        WorkerDatabase database = WorkerDatabase.open(file, process);
        databases.push(database);
        Repositories repositories = new Repositories(commits.of(database), process);
        return new Member(
                repositories.sessions(),
                repositories.jobs(),
                repositories.keys(),
                repositories.principals(),
                repositories.usage(),
                repositories.leases());
    }

    @Override
    public int rounds() {
        return 6;
    }

    @Override
    public Optional<CommitLoss> commitLoss() {
        return Optional.of(commits);
    }

    @Override
    public void close() {
        databases.forEach(WorkerDatabase::close);
    }
}
