package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.util.Collection;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The files that nodes have acknowledged. Their bytes follow from their size. */
final class Acknowledged {

    private static final int LARGE = 1 << 20;

    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

    /** Pseudo-random bytes that are the same in every run. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    /** Adds a file that exists from now on. */
    void add(String key, int size) {
        sizes.put(key, size);
    }

    int count() {
        return sizes.size();
    }

    /** Checks that some of the files are there, with all of their bytes. */
    void check(Balancer balancer, Collection<String> keys) throws InterruptedException {
        for (String key : keys) {
            Integer size = sizes.get(key);
            if (size == null) {
                throw new AssertionError(key + " was not stored");
            }
            check(balancer, key, size);
        }
    }

    /** Whether the file is one of them. */
    boolean has(String key) {
        return sizes.containsKey(key);
    }

    /** Checks the large files, and deletes them to save space. */
    void checkLarge(Balancer balancer) throws InterruptedException {
        for (Map.Entry<String, Integer> file : new TreeMap<>(sizes).entrySet()) {
            if (file.getValue() >= LARGE) {
                check(balancer, file.getKey(), file.getValue());
                sizes.remove(file.getKey());
                int unused = balancer.get(api -> api.delete(Paths.OBJECT + Api.encode(file.getKey()))
                        .expect(204, 404)
                        .status());
            }
        }
    }

    /** Checks that each file is there, with all of its bytes. */
    void check(Balancer balancer) throws InterruptedException {
        for (Map.Entry<String, Integer> file : new TreeMap<>(sizes).entrySet()) {
            check(balancer, file.getKey(), file.getValue());
        }
    }

    /** Checks that the file is there, with all of its bytes. */
    static void check(Balancer balancer, String key, int size) throws InterruptedException {
        Reply reply = balancer.get(api -> {
            Reply got = api.get(Paths.DOWNLOAD + Api.encode(key));
            return got.status() == 404 ? got : got.expect(200);
        });
        assertThat(reply.status()).as(key).isEqualTo(200);
        assertThat(reply.body()).as(key).isEqualTo(bytes(size));
    }
}
