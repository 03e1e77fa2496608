package dev.stowage.postgres.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.upload.Uploads;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.InMemorySignals;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many statements operations cost. */
final class StatementsTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");

    @Test
    void part_costsOneStatementBeforeItIsSent_andOneAfter() {
        try (Nodes nodes = new Nodes()) {
            CountingDatabase database = new CountingDatabase(nodes.database());
            InMemoryStorage storage = new InMemoryStorage();
            Uploads uploads = new Uploads(
                    storage,
                    new Repositories(database, ProcessId.random()).sessions(),
                    new Files(storage.objects(), Optional.empty(), LAYOUT, POLICY, 1 << 20),
                    LAYOUT,
                    POLICY,
                    10,
                    new InMemorySignals().ofProcess(),
                    new TestClock());
            UploadId upload = uploads.create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT)
                    .id();
            int statements = database.statements();
            int commits = database.commits();

            uploads.putPart(
                    Principal.ANYONE, KEY, upload, new PartNumber(1), Content.of(new byte[] {1, 2, 3}), List.of());

            assertThat(database.statements() - statements).isEqualTo(2);
            assertThat(database.commits() - commits).isEqualTo(2);
        }
    }
}
