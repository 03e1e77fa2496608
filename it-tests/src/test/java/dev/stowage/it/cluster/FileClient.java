package dev.stowage.it.cluster;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Stores files under new keys; overwrites, copies and deletes files under a few other keys. */
final class FileClient implements Client {

    private static final int LARGE = 6 << 20;
    private static final int KEYS = 6;
    private static final int LARGEST = 20_000;

    private final String prefix;
    private final Acknowledged files;
    private final Balancer balancer;
    private final Random random;
    private final Duration pause;
    private int steps;

    /** @param pause between two steps */
    FileClient(String prefix, Acknowledged files, Balancer balancer, long seed, Duration pause) {
        this.prefix = prefix;
        this.files = files;
        this.balancer = balancer;
        this.random = new Random(seed);
        this.pause = pause;
    }

    @Override
    public void step() throws InterruptedException {
        steps++;
        String key = prefix + "new" + steps;
        int size = steps % 50 == 25 ? LARGE : 1000 + steps;
        Reply unused = balancer.get(api -> api.store(key, Acknowledged.bytes(size)));
        files.add(key, size);
        change();
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }

    /** A request that was sent twice may be served twice, the second time after later ones. So only the totals are checked. */
    private void change() throws InterruptedException {
        String key = hot();
        switch (random.nextInt(4)) {
            case 0 ->
                balancer.get(api -> api.delete(Paths.OBJECT + Api.encode(key)).expect(204, 404));
            case 1 -> {
                String source = hot();
                balancer.get(api -> api.post(Paths.OBJECT + "copy", Map.of("source_key", source, "target_key", key))
                        .expect(200, 201, 404, 400));
            }
            default -> {
                byte[] body = Acknowledged.bytes(1 + random.nextInt(LARGEST));
                balancer.get(api -> api.store(key, body));
            }
        }
    }

    private String hot() {
        return prefix + "hot" + random.nextInt(KEYS);
    }
}
