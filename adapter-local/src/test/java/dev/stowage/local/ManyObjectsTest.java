package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many concurrent changes, and many objects. */
final class ManyObjectsTest {

    @TempDir
    private Path path;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void thousandConcurrentPuts_areAllStored() throws Exception {
        DataFolder folder = new DataFolder(path);
        try (Storage storage = folder.open()) {
            ExecutorService clients = Executors.newFixedThreadPool(64);
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                ObjectKey key = new ObjectKey("object-%04d".formatted(i));
                byte[] bytes = new byte[i % 2 == 0 ? 100 : 70_000];
                puts.add(clients.submit(() -> storage.objects().put(key, Content.of(bytes), PutOptions.DEFAULT)));
            }
            for (Future<?> put : puts) {
                put.get();
            }
            clients.shutdown();

            ObjectPage page = storage.objects().list(ListQuery.of(KeyPrefix.ALL));
            assertThat(page.objects()).hasSize(1000);
            assertThat(folder.strays()).isZero();
            assertThat(folder.incoming()).isEmptyDirectory();
        }
    }

    @Test
    void list_ofManyKeysUnderFewPrefixes_readsFewOfThem() {
        DataFolder folder = new DataFolder(path);
        try (Storage storage = folder.open()) {
            insertRows(folder, 100_000, 3);

            // A limit on the steps of the query: walking all keys would take a hundred times as long.
            long start = System.nanoTime();
            ObjectPage page = null;
            for (int i = 0; i < 20; i++) {
                page = storage.objects().list(new ListQuery(KeyPrefix.ALL, Optional.of("/"), 1000, Optional.empty()));
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

            assertThat(page).isNotNull();
            assertThat(page.commonPrefixes()).containsExactly("folder-0/", "folder-1/", "folder-2/");
            assertThat(page.objects()).isEmpty();
            assertThat(page.nextToken()).isEmpty();
            assertThat(millis).as("20 listings, in milliseconds").isLessThan(2000);
        }
    }

    private static void insertRows(DataFolder folder, int count, int prefixes) {
        folder.execute("INSERT INTO content DEFAULT VALUES;"
                + " WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " + (count - 1) + ")"
                + " INSERT INTO object SELECT 'folder-' || (i % " + prefixes + ") || '/file-' || i, 1, 0,"
                + " 'd41d8cd98f00b204e9800998ecf8427e', 'text/plain', '', 0, '' FROM n");
    }
}
