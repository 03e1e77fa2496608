package dev.stowage.worker.sqlite;

import dev.stowage.testkit.concurrent.ClaimRacesContract;
import dev.stowage.testkit.concurrent.JobStateRacesContract;
import dev.stowage.testkit.concurrent.JobTextContract;
import dev.stowage.testkit.concurrent.KeyOrderContract;
import dev.stowage.testkit.concurrent.KeyRacesContract;
import dev.stowage.testkit.concurrent.LeaseRacesContract;
import dev.stowage.testkit.concurrent.LostClaimContract;
import dev.stowage.testkit.concurrent.LostCommitContract;
import dev.stowage.testkit.concurrent.PartRacesContract;
import dev.stowage.testkit.concurrent.ResumableRacesContract;
import dev.stowage.testkit.concurrent.SharedRecord;
import dev.stowage.testkit.concurrent.SinglePutContract;
import dev.stowage.testkit.concurrent.SubmissionRacesContract;
import dev.stowage.testkit.concurrent.UsageRacesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts for processes that share a database, on one file. */
class SqliteRacesTest {

    @TempDir
    Path folder;

    @Nested
    final class Usage extends UsageRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class Resumables extends ResumableRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class SinglePuts extends SinglePutContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class Claims extends ClaimRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class LostClaims extends LostClaimContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class JobStates extends JobStateRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class Submissions extends SubmissionRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class Parts extends PartRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class Keys extends KeyRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class ProcessLeases extends LeaseRacesContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class Order extends KeyOrderContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class Text extends JobTextContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }

    @Nested
    final class LostCommit extends LostCommitContract {
        @Override
        protected SharedRecord open() {
            return new SqliteRecord(folder);
        }
    }
}
