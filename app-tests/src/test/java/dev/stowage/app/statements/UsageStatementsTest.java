package dev.stowage.app.statements;

import static dev.stowage.app.statements.CountedNode.OWNER;

import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many statements files cost, without quotas and with them. */
final class UsageStatementsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");

    @TempDir
    private Path folder;

    @Test
    void file_withoutQuotas() {
        assertCosts(new Costs(0, 0, 0), node -> {
            Files files = node.services().files();
            return () -> put(files);
        });
    }

    @Test
    void newFile() {
        assertCosts(new Costs(10, 8, 2), node -> {
            Files files = node.services(node.withQuotas()).files();
            return () -> put(files);
        });
    }

    @Test
    void replacedFile() {
        assertCosts(new Costs(10, 8, 2), node -> {
            Files files = node.services(node.withQuotas()).files();
            put(files);
            return () -> put(files);
        });
    }

    @Test
    void deletionOfManyFiles() {
        assertCosts(new Costs(8, 6, 2), node -> {
            Files files = node.services(node.withQuotas()).files();
            put(files);
            return () -> files.delete(OWNER, List.of(KEY, new ObjectKey("raw/p1/b.txt")));
        });
    }

    private void assertCosts(Costs costs, Function<CountedNode, Runnable> prepared) {
        Costs.assertCosts(folder, costs, prepared);
    }

    private static void put(Files files) {
        files.put(OWNER, KEY, Content.of(new byte[] {1}), ObjectAttributes.DEFAULT, Preconditions.NONE, List.of());
    }
}
