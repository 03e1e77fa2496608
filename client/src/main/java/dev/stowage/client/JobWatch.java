package dev.stowage.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows a job by its event stream. When the stream ends or can't be opened, the job itself is requested, and then the stream again from
 * its last event. So the watch needs no stream: without one, it polls. It ends with the job, or when the request for the job fails. Used
 * by one thread.
 */
final class JobWatch {

    private final ApiConnection connection;
    private final String path;
    private final Consumer<JobDetails> listener;

    private Optional<String> lastEvent = Optional.empty();
    private Optional<JobDetails> told = Optional.empty();

    /** @param path of the job */
    JobWatch(ApiConnection connection, String path, Consumer<JobDetails> listener) {
        this.connection = connection;
        this.path = path;
        this.listener = listener;
    }

    JobDetails run() throws InterruptedException {
        RetryPolicy.Attempts attempts = connection.retries().begin();
        JobDetails job = tell(current());
        while (!job.isFinished()) {
            if (follow(job)) {
                attempts.progress();
            }
            job = tell(current());
            if (!job.isFinished()) {
                attempts.pause();
            }
        }
        return job;
    }

    private JobDetails current() throws InterruptedException {
        return JobDetails.of(connection.call(ApiRequest.get(path)).json());
    }

    private JobDetails tell(JobDetails job) {
        if (!told.equals(Optional.of(job))) {
            told = Optional.of(job);
            listener.accept(job);
        }
        return job;
    }

    /** Reads events until the job or the stream ends. Returns whether there was any. */
    private boolean follow(JobDetails begin) throws InterruptedException {
        Optional<ResponseStream> opened = open();
        if (opened.isEmpty()) {
            return false;
        }
        JobDetails job = begin;
        boolean any = false;
        try (ResponseStream body = opened.get()) {
            EventStream events = new EventStream(body, lastEvent);
            while (!job.isFinished()) {
                Optional<EventStream.Event> event = events.next();
                if (event.isEmpty()) {
                    break;
                }
                any = true;
                lastEvent = events.lastId();
                JobDetails next = changed(job, event.get());
                // The end is told by the job itself, which has more than its events: the time, and the reason of a
                // failure.
                job = next.isFinished() ? next : tell(next);
            }
        } catch (InterruptedIOException e) {
            throw ApiConnection.interrupted(e);
        } catch (IOException broken) {
            // As at the end of a stream, the job is requested.
        }
        return any;
    }

    /** Returns nothing when the service, or a proxy, refuses the stream, such as when too many are open. */
    private Optional<ResponseStream> open() throws InterruptedException {
        ApiRequest request = ApiRequest.get(path + "/events").with("Accept", "text/event-stream");
        if (lastEvent.isPresent()) {
            request = request.with("Last-Event-ID", lastEvent.get());
        }
        try {
            return Optional.of(connection.openOnce(request).body());
        } catch (StowageException refused) {
            return Optional.empty();
        }
    }

    private static JobDetails changed(JobDetails job, EventStream.Event event) {
        JsonFields data = JsonFields.ofAnswer(JsonFields.parse(event.data().getBytes(StandardCharsets.UTF_8)));
        return switch (event.name()) {
            case "progress" -> job.with(JobDetails.Progress.of(data));
            case "state" -> job.with(data.text("state"));
            default -> job;
        };
    }
}
