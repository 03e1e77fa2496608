package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Concurrent conditional writes, and readers that see one version or the other. */
class ConditionalPutIT extends ServiceSuite {

    private static final int WRITERS = 16;

    @Test
    void ifNoneMatch_onExistingKey_conflicts() {
        api.store(key("a.txt"), bytes(5));

        Reply reply = api.put(Paths.OBJECT + key("a.txt"), bytes(6), "If-None-Match", "*");

        assertThat(reply.status()).isEqualTo(412);
        assertThat(reply.error()).isEqualTo("PreconditionFailed");
        assertThat(api.get(Paths.DOWNLOAD + key("a.txt")).body()).isEqualTo(bytes(5));
    }

    @Test
    void ifNoneMatch_onAMissingKey_creates() {
        Reply reply = api.put(Paths.OBJECT + key("new.txt"), bytes(5), "If-None-Match", "*");

        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void ifMatch_replacesOnlyThatVersion() {
        String etag = api.store(key("a.txt"), bytes(5)).header("ETag");

        assertThat(api.put(Paths.OBJECT + key("a.txt"), bytes(6), "If-Match", etag)
                        .status())
                .isEqualTo(200);
        assertThat(api.put(Paths.OBJECT + key("a.txt"), bytes(7), "If-Match", etag)
                        .status())
                .isEqualTo(412);
        assertThat(api.put(Paths.OBJECT + key("none.txt"), bytes(7), "If-Match", etag)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void sixteenWritersRacing_oneWins() throws Exception {
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            byte[] body = bytes(1000 + i);
            writers.add(() -> api.put(Paths.OBJECT + key("race.bin"), body, "If-None-Match", "*")
                    .status());
        }

        List<Integer> answers = together(writers);

        assertThat(answers)
                .containsOnlyOnce(201)
                .filteredOn(status -> status != 201)
                .containsOnly(412);
    }

    @Test
    void readersDuringOverwrites_seeOneCompleteVersion() throws Exception {
        assumeTrue(stand.readsOneVersion(), "s3proxy mixes the versions of a file that is overwritten");
        List<byte[]> versions = List.of(bytes(200_000), bytes(300_000));
        api.store(key("hot.bin"), versions.get(0));
        Map<String, Integer> lengths = new ConcurrentHashMap<>();
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            byte[] body = versions.get(i % 2);
            all.add(() -> api.store(key("hot.bin"), body).status());
            all.add(() -> {
                Reply read = api.get(Paths.DOWNLOAD + key("hot.bin"));
                assertThat(versions)
                        .as("a body that was written")
                        .anyMatch(v -> java.util.Arrays.equals(v, read.body()));
                if (stand.tagsAreDigests()) {
                    assertThat(read.header("ETag")).isEqualTo('"' + md5(read.body()) + '"');
                }
                int length = read.body().length;
                assertThat(lengths.computeIfAbsent(read.header("ETag"), tag -> length))
                        .as("the length of all bodies with this ETag")
                        .isEqualTo(length);
                return read.status();
            });
        }

        assertThat(together(all)).containsOnly(200);
    }

    private static String md5(byte[] body) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("MD5").digest(body));
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls, 2, TimeUnit.MINUTES)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
