package dev.stowage.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A client of a service. Thread-safe; one is enough for an application, and keeps connections open for later calls.
 *
 * <pre>{@code
 * StowageClient client = StowageClient.builder(URI.create("https://files.example.com")).apiKey(key).build();
 * client.files().put("raw/demo/report.pdf", Path.of("report.pdf"), UploadOptions.DEFAULT);
 * }</pre>
 *
 * <p>It need not be closed: connections end by themselves when they are idle or the client is no longer used.
 */
public final class StowageClient implements AutoCloseable {

    private static final String API = "/api/v1/";

    private final HttpClients http;
    private final ApiConnection connection;
    private final RemoteFiles files;

    private StowageClient(Builder builder) {
        this.http = new HttpClients(builder.address, builder.timeout);
        this.connection =
                new ApiConnection(builder.address, builder.credential, http, builder.timeout, builder.retries);
        this.files = new RemoteFiles(connection, builder.chunkSize);
    }

    /**
     * Begins the settings of a client.
     *
     * @param address of the service, such as {@code https://files.example.com}, with the path below which a reverse proxy has it
     * @throws IllegalArgumentException when it is not an http or https URL, or has a user, a query or a fragment
     */
    public static Builder builder(URI address) {
        return new Builder(address);
    }

    /** The settings of a client. Not thread-safe. */
    public static final class Builder {

        private static final int SMALLEST_CHUNK = 1 << 10;
        private static final int LARGEST_CHUNK = 1 << 30;

        private final URI address;
        private Optional<String> credential = Optional.empty();
        private Duration timeout = Duration.ofSeconds(60);
        private RetryPolicy retries = RetryPolicy.of(Duration.ofSeconds(30));
        private int chunkSize = 16 << 20;

        private Builder(URI address) {
            String scheme = String.valueOf(address.getScheme());
            boolean http = scheme.equals("http") || scheme.equals("https");
            if (!http
                    || address.getHost() == null
                    || address.getRawUserInfo() != null
                    || address.getRawQuery() != null
                    || address.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "The address of a service is a URL such as https://files.example.com, without user and query");
            }
            this.address = address;
        }

        /** Sets the API key, or a token, that each call sends. Without it, the calls are anonymous. */
        public Builder apiKey(String key) {
            this.credential = Optional.of(key);
            return this;
        }

        /**
         * Sets how long to wait for a connection, for the head of a response after the request was sent, and for the next bytes of an
         * answer; 60 s by default.
         */
        public Builder timeout(Duration value) {
            this.timeout = value;
            return this;
        }

        /** Sets how long a failed call is repeated; zero for not at all, 30 s by default. Transfers that continue begin to count again. */
        public Builder retryTimeout(Duration value) {
            return retries(RetryPolicy.of(value));
        }

        Builder retries(RetryPolicy policy) {
            this.retries = policy;
            return this;
        }

        /**
         * Sets the size of the chunks of large files, in bytes; 16 MiB by default. Each upload has one in memory. A file of up to this
         * size is sent in one request.
         *
         * @param size from 1 KiB to 1 GiB
         */
        public Builder chunkSize(int size) {
            if (size < SMALLEST_CHUNK || size > LARGEST_CHUNK) {
                throw new IllegalArgumentException("chunkSize has to be from 1 KiB to 1 GiB");
            }
            this.chunkSize = size;
            return this;
        }

        /** Returns a client with these settings. It connects with its first call. */
        public StowageClient build() {
            return new StowageClient(this);
        }
    }

    /**
     * Ends the client's connections and threads at once, on JDK 21 and later. A program that is about to exit then ends sooner: the JVM waits
     * 0.3 s for threads that wait for the network. Later calls fail. Waits for at most 0.2 s. Idempotent.
     */
    @Override
    public void close() {
        http.close();
    }

    /** Returns the files of the service. */
    public RemoteFiles files() {
        return files;
    }

    /** Returns the batch jobs of the service. */
    public RemoteJobs jobs() {
        return new RemoteJobs(connection);
    }

    /** Returns the schedules of batch jobs. */
    public RemoteSchedules schedules() {
        return new RemoteSchedules(connection);
    }

    /** Returns the events of the service. */
    public RemoteEvents events() {
        return new RemoteEvents(connection);
    }

    /** Returns the webhooks of the service. */
    public RemoteWebhooks webhooks() {
        return new RemoteWebhooks(connection);
    }

    /** Returns the rules by which files of the service expire. */
    public RemoteLifecycle lifecycle() {
        return new RemoteLifecycle(connection);
    }

    /** Returns the uploads in progress. */
    public RemoteUploads uploads() {
        return new RemoteUploads(connection);
    }

    /** Returns the API keys of the service. */
    public RemoteKeys keys() {
        return new RemoteKeys(connection);
    }

    /** Returns the links of the service. */
    public RemoteLinks links() {
        return new RemoteLinks(connection);
    }

    /** Returns who the caller is, and what it may do. */
    public CallerDetails me() throws InterruptedException {
        return CallerDetails.of(connection.call(ApiRequest.get(API + "me")).json());
    }

    /** Returns what the service says about itself to everyone. */
    public ServiceDetails info() throws InterruptedException {
        return ServiceDetails.of(connection.call(ApiRequest.get(API + "info")).json());
    }

    /**
     * Returns a page of the projects whose files the caller may read, with what they store. Empty when the service has no quotas.
     *
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<ProjectSize> usage(Optional<String> cursor) throws InterruptedException {
        String target = API + "usage"
                + cursor.map(text -> "?cursor=" + UrlText.query(text)).orElse("");
        JsonFields json = connection.call(ApiRequest.get(target)).json();
        return new ListPage<>(json.list("projects", ProjectSize::of), json.optionalText("next_cursor"));
    }

    /** Returns when the service, its store and its database answer. @throws StowageException when one of them does not */
    public void ping() throws InterruptedException {
        connection.call(ApiRequest.get("/readyz"));
    }
}
