package dev.stowage.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The batch jobs of a service. Thread-safe. */
public final class RemoteJobs {

    private static final String JOBS = "/api/v1/jobs";

    private final ApiConnection connection;

    RemoteJobs(ApiConnection connection) {
        this.connection = connection;
    }

    /** Submits a job. The request has an idempotency key of its own, so that its repetitions give the same job. */
    public JobDetails submit(JobSubmission job) throws InterruptedException {
        return submit(job, UUID.randomUUID().toString());
    }

    /**
     * Submits a job.
     *
     * @param idempotencyKey the same key with the same job gives the same job, also from another process
     */
    public JobDetails submit(JobSubmission job, String idempotencyKey) throws InterruptedException {
        ApiRequest request = ApiRequest.post(JOBS, job.json())
                .with("Idempotency-Key", idempotencyKey)
                .repeatable(true);
        return JobDetails.of(connection.call(request).json());
    }

    /** Returns a job. @throws StowageException with {@code JobNotFound} when there is none */
    public JobDetails get(String id) throws InterruptedException {
        return JobDetails.of(connection.call(ApiRequest.get(path(id))).json());
    }

    /**
     * Returns a page of jobs, newest first.
     *
     * @param state only jobs in this state
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<JobDetails> list(Optional<String> state, Optional<String> cursor) throws InterruptedException {
        JsonFields json =
                connection.call(ApiRequest.get(JOBS + query(state, cursor))).json();
        return new ListPage<>(json.list("jobs", JobDetails::of), json.optionalText("next_cursor"));
    }

    /** Returns a page of a job's items; the parameters as in {@link #list}. */
    public ListPage<JobItemDetails> items(String id, Optional<String> state, Optional<String> cursor)
            throws InterruptedException {
        JsonFields json = connection
                .call(ApiRequest.get(path(id) + "/items" + query(state, cursor)))
                .json();
        return new ListPage<>(json.list("items", JobItemDetails::of), json.optionalText("next_cursor"));
    }

    private static String query(Optional<String> state, Optional<String> cursor) {
        return "?limit=100" + state.map(text -> "&state=" + UrlText.query(text)).orElse("")
                + cursor.map(text -> "&cursor=" + UrlText.query(text)).orElse("");
    }

    /**
     * Writes the report of a job: a line for each item.
     *
     * @param format {@code ndjson} or {@code csv}
     * @param target closed by the caller
     * @throws IOException when the target fails
     * @throws StowageException also when the connection breaks, after a part of the report was written
     */
    public void report(String id, String format, OutputStream target) throws IOException, InterruptedException {
        HttpResponse<ResponseStream> response =
                connection.open(ApiRequest.get(path(id) + "/report?format=" + UrlText.query(format)));
        byte[] buffer = new byte[64 << 10];
        try (ResponseStream body = response.body()) {
            for (int count = read(body, buffer); count >= 0; count = read(body, buffer)) {
                target.write(buffer, 0, count);
            }
        }
    }

    private int read(InputStream body, byte[] buffer) throws InterruptedException {
        try {
            return body.read(buffer);
        } catch (InterruptedIOException e) {
            throw ApiConnection.interrupted(e);
        } catch (IOException e) {
            throw StowageException.unreachable(URI.create(connection.address()), e);
        }
    }

    /** Cancels a job: items that run are finished, no other is begun. Does nothing when the job has ended. */
    public JobDetails cancel(String id) throws InterruptedException {
        return change(id, "cancel");
    }

    /** Pauses a job. */
    public JobDetails pause(String id) throws InterruptedException {
        return change(id, "pause");
    }

    /** Resumes a paused job. */
    public JobDetails resume(String id) throws InterruptedException {
        return change(id, "resume");
    }

    /** Runs the failed items of a finished job again. */
    public JobDetails retry(String id) throws InterruptedException {
        return change(id, "retry");
    }

    private JobDetails change(String id, String change) throws InterruptedException {
        return JobDetails.of(
                connection.call(ApiRequest.post(path(id) + "/" + change)).json());
    }

    /** Deletes the record of a finished job. @throws StowageException with {@code Conflict} when it has not ended */
    public void delete(String id) throws InterruptedException {
        connection.call(ApiRequest.delete(path(id)));
    }

    /**
     * Waits for the end of a job, which may take days. The job is followed by its event stream. When the connection breaks, the stream is
     * opened again from its last event; when there is no stream, the job is polled, after a few failures every 5 s.
     *
     * @param listener gets the job now, with each change that the service tells, and when it has ended. An exception ends the watch
     * @return the job at its end
     * @throws StowageException when the job can't be read any more, as after it was deleted, or while the service is away for longer than
     *     {@link StowageClient.Builder#retryTimeout}
     */
    public JobDetails watch(String id, Consumer<JobDetails> listener) throws InterruptedException {
        return new JobWatch(connection, path(id), listener).run();
    }

    private static String path(String id) {
        return JOBS + "/" + UrlText.query(id);
    }
}
