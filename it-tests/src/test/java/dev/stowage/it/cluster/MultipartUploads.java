package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.UnexpectedReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends multipart uploads. Leaves some open, which {@link #finish} finishes later. */
final class MultipartUploads implements Client {

    private static final int FIRST = 5 << 20;
    private static final int SIZE = FIRST + 1000;
    private static final int CONFLICT = 409;

    private final String prefix;
    private final Acknowledged files;
    private final Balancer balancer;
    private final List<byte[]> parts;
    private final List<MultipartClient> open = new ArrayList<>();
    private final Duration pause;
    private int steps;

    /** @param pause between two steps */
    MultipartUploads(String prefix, Acknowledged files, Balancer balancer, Duration pause) {
        this.prefix = prefix;
        this.files = files;
        this.balancer = balancer;
        this.pause = pause;
        byte[] whole = Acknowledged.bytes(SIZE);
        this.parts = List.of(Arrays.copyOf(whole, FIRST), Arrays.copyOfRange(whole, FIRST, SIZE));
    }

    @Override
    public void step() throws InterruptedException {
        steps++;
        String key = prefix + steps;
        MultipartClient upload = balancer.get(api -> MultipartClient.create(api, key));
        if (steps % 4 == 0) {
            send(upload, parts.subList(0, 1));
            open.add(upload);
        } else {
            finish(upload);
        }
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }

    /** Checks that the acknowledged parts of the uploads that were left open are there, and finishes them. */
    int finish() throws InterruptedException {
        for (MultipartClient upload : open) {
            assertThat(balancer.get(upload::stored)).as(upload.key()).containsAllEntriesOf(upload.acknowledged());
            finish(upload);
            // All of them together would exceed the quota.
            files.checkLarge(balancer);
        }
        int finished = open.size();
        open.clear();
        return finished;
    }

    private void finish(MultipartClient upload) throws InterruptedException {
        send(upload, parts);
        assertThat(balancer.get(upload::stored)).as(upload.key()).containsAllEntriesOf(upload.acknowledged());
        complete(balancer, upload);
        files.add(upload.key(), SIZE);
    }

    private void send(MultipartClient upload, List<byte[]> wanted) throws InterruptedException {
        boolean unused = balancer.get(api -> {
            upload.putMissing(api, wanted);
            return true;
        });
    }

    /** Completes an upload, which another node may be completing. */
    static void complete(Balancer balancer, MultipartClient upload) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        boolean completed = false;
        while (!completed) {
            try {
                completed = balancer.get(api -> upload.complete(api).expect(200).status() == 200);
            } catch (UnexpectedReply e) {
                // Another node is completing it, for a request that was given up.
                if (e.status() != CONFLICT || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
