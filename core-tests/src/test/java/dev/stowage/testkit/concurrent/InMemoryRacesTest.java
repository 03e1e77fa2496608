package dev.stowage.testkit.concurrent;

import org.junit.jupiter.api.Nested;

/** The contracts for processes that share a database, in memory. */
class InMemoryRacesTest {

    @Nested
    final class Usage extends UsageRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class Resumables extends ResumableRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class Claims extends ClaimRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class LostClaims extends LostClaimContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class JobStates extends JobStateRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class Submissions extends SubmissionRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class Parts extends PartRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class Keys extends KeyRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class ProcessLeases extends LeaseRacesContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class Order extends KeyOrderContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }

    @Nested
    final class Text extends JobTextContract {
        @Override
        protected SharedRecord open() {
            return new InMemoryRecord();
        }
    }
}
