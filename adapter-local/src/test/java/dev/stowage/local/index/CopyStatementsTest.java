package dev.stowage.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.local.blob.SmallBody;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements copies of many objects take. */
final class CopyStatementsTest {

    private static final int COPIES = 100;

    @TempDir
    private Path folder;

    private final ObjectIndex objects = new ObjectIndex(InstantSource.system());
    private final List<String> statements = new ArrayList<>();
    private Index index;

    @BeforeEach
    void open() {
        index = Index.open(folder.resolve("index.db"), () -> {});
        for (int i = 0; i < COPIES; i++) {
            put(key("source", i));
        }
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void copies_toNewKeys_takeThreeStatements() {
        copyAll();

        assertThat(statements).hasSize(3);
    }

    @Test
    void copies_overOtherObjects_takeSixStatements() {
        for (int i = 0; i < COPIES; i++) {
            put(key("target", i));
        }

        copyAll();

        // Those of new keys, one that finds the contents that are no longer used, two that free them.
        assertThat(statements).hasSize(6);
    }

    private void put(ObjectKey key) {
        Stored<?> unused = index.write(handle -> objects.put(
                handle, key, ObjectAttributes.DEFAULT, WriteCondition.NONE, new SmallBody(new byte[1], List.of())));
    }

    private void copyAll() {
        List<Copy> copies = IntStream.range(0, COPIES)
                .mapToObj(i -> new Copy(key("source", i), key("target", i), CopyOptions.DEFAULT))
                .toList();
        Stored<List<CopyResult>> copied = index.write(handle -> objects.copyAll(counted(handle), copies));
        assertThat(copied.value()).hasSize(COPIES).allMatch(CopyResult.Copied.class::isInstance);
    }

    /** A statement that is run for many rows at once counts once. */
    private Handle counted(Handle handle) {
        handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.add(context.getRawSql());
            }
        });
        return handle;
    }

    private static ObjectKey key(String folder, int number) {
        return new ObjectKey("raw/" + folder + "/" + number);
    }
}
