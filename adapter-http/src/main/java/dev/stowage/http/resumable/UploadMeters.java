package dev.stowage.http.resumable;

import dev.stowage.core.upload.UploadEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the events of resumable uploads, by protocol. */
public final class UploadMeters implements UploadEvents {

    private final Counter begun;
    private final Counter received;
    private final Counter finished;
    private final Counter givenUp;
    private final Counter takenOver;

    /** @param protocol the value of the tag */
    public UploadMeters(String protocol, MeterRegistry registry) {
        this.begun = uploads("begun", protocol, registry);
        this.finished = uploads("finished", protocol, registry);
        this.givenUp = uploads("given_up", protocol, registry);
        this.takenOver = Counter.builder("stowage.resumable.takeovers")
                .tag("protocol", protocol)
                .description(
                        "Requests that took over an upload from a request that was still running, such as one on a dead connection")
                .register(registry);
        this.received = Counter.builder("stowage.resumable.received")
                .tag("protocol", protocol)
                .baseUnit("bytes")
                .description("Bytes received for resumable uploads")
                .register(registry);
    }

    private static Counter uploads(String event, String protocol, MeterRegistry registry) {
        return Counter.builder("stowage.resumable.uploads")
                .tags("protocol", protocol, "event", event)
                .description("Resumable uploads that were created, finished, or terminated by their clients")
                .register(registry);
    }

    @Override
    public void begun() {
        begun.increment();
    }

    @Override
    public void received(long bytes) {
        received.increment((double) bytes);
    }

    @Override
    public void finished() {
        finished.increment();
    }

    @Override
    public void terminated() {
        givenUp.increment();
    }

    @Override
    public void takenOver() {
        takenOver.increment();
    }
}
