package dev.stowage.http.jobs;

import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobStatus;
import dev.stowage.http.exchange.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a job's events. Only the last event of a change has an id, so that a client that missed one of them receives all of them again.
 */
final class EventWriter {

    private final OutputStream out;
    private final Json json;
    private Optional<JobState> told = Optional.empty();

    EventWriter(OutputStream out, Json json) {
        this.out = out;
        this.json = json;
    }

    record StateEvent(String id, String state, JobView.@Nullable Failure error) {}

    void write(JobStatus status) throws IOException {
        JobView view = JobView.of(status);
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        String id = "id: " + status.revision() + "\n";
        boolean changed = !told.equals(Optional.of(status.job().state()));
        append(event, (changed ? "" : id) + "event: progress\ndata: ", view.progress());
        if (changed) {
            append(event, id + "event: state\ndata: ", new StateEvent(view.id(), view.state(), view.error()));
            told = Optional.of(status.job().state());
        }
        out.write(event.toByteArray());
        out.flush();
    }

    /** Writes a comment, so that both sides notice a broken connection. */
    void heartbeat() throws IOException {
        out.write(": still here\n\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void append(ByteArrayOutputStream event, String head, Object data) throws IOException {
        event.write(head.getBytes(StandardCharsets.US_ASCII));
        event.write(json.bytes(data));
        event.write("\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}
