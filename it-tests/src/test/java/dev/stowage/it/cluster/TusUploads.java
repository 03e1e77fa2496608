package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.service.UnexpectedReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Sends files by tus, in requests to different nodes. Leaves some open, which {@link #finish} finishes later. */
final class TusUploads implements Client {

    private static final int LARGEST = 7 << 20;
    private static final int LARGEST_REQUEST = 3 << 20;
    /** Conflict and Locked: the client fetches the offset and continues. */
    private static final Set<Integer> FETCH_OFFSET = Set.of(409, 423);

    private final String prefix;
    private final Acknowledged files;
    private final Balancer balancer;
    private final Random random;
    private final List<TusUpload> open = new ArrayList<>();
    private final Duration pause;
    private int steps;

    /** @param pause between two steps */
    TusUploads(String prefix, Acknowledged files, Balancer balancer, long seed, Duration pause) {
        this.prefix = prefix;
        this.files = files;
        this.balancer = balancer;
        this.random = new Random(seed);
        this.pause = pause;
    }

    @Override
    public void step() throws InterruptedException {
        steps++;
        String key = prefix + steps;
        byte[] bytes = Acknowledged.bytes(1 + random.nextInt(LARGEST));
        TusUpload upload = balancer.get(api -> TusUpload.create(api, key, bytes));
        if (steps % 4 == 0) {
            send(upload);
            open.add(upload);
        } else {
            finish(upload);
        }
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }

    /** Checks that no acknowledged byte of the uploads that were left open is lost, and finishes them. */
    int finish() throws InterruptedException {
        for (TusUpload upload : open) {
            finish(balancer, upload);
            files.add(upload.key(), upload.bytes().length);
            // All of them together would exceed the quota.
            files.checkLarge(balancer);
        }
        int finished = open.size();
        open.clear();
        return finished;
    }

    private void finish(TusUpload upload) throws InterruptedException {
        while (!upload.isComplete()) {
            send(upload);
        }
        files.add(upload.key(), upload.bytes().length);
    }

    private void send(TusUpload upload) throws InterruptedException {
        send(balancer, upload, 1 + random.nextInt(LARGEST_REQUEST));
    }

    /** Continues an upload of which others may have sent bytes, to its end. */
    static void finish(Balancer balancer, TusUpload upload) throws InterruptedException {
        boolean unused = balancer.get(api -> fetchOffset(api, upload));
        while (!upload.isComplete()) {
            send(balancer, upload, LARGEST_REQUEST);
        }
    }

    private static void send(Balancer balancer, TusUpload upload, int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        Sending sending = new Sending(upload, count);
        while (!sending.done) {
            try {
                balancer.get(sending::once);
            } catch (UnexpectedReply e) {
                if (!FETCH_OFFSET.contains(e.status()) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** One request, which continues at the offset that the service has when it is sent again. */
    private static final class Sending {
        private final TusUpload upload;
        private final int count;
        private boolean again;
        private boolean done;

        Sending(TusUpload upload, int count) {
            this.upload = upload;
            this.count = count;
        }

        boolean once(Api api) {
            if (again) {
                fetchOffset(api, upload);
            }
            again = true;
            if (!upload.isComplete()) {
                upload.send(api, count);
            }
            done = true;
            return true;
        }
    }

    private static boolean fetchOffset(Api api, TusUpload upload) {
        long acknowledged = upload.acknowledged();
        assertThat(upload.fetchOffset(api)).as(upload.key()).isBetween(acknowledged, (long) upload.bytes().length);
        return true;
    }
}
