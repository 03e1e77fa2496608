package dev.stowage.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import dev.stowage.it.service.MultipartClient;
import dev.stowage.it.service.TusUpload;
import dev.stowage.it.service.UnexpectedReply;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Requests to a node that is suspended before the store has them: a file is stored, deleted, copied to, and uploaded in parts and by tus.
 * Others then store the same files, or complete the same uploads, which must stay so when the node resumes. For one thread.
 */
final class LateRequests {

    private static final int OLD = 1000;
    private static final int NEW = 1001;
    private static final int TUS = 6 << 20;
    private static final int CUT = 0;
    private static final int UNAVAILABLE = 503;
    private static final long LIMIT_SECONDS = 90;

    private final String prefix;
    private final Acknowledged files;
    private final Balancer others;
    private final Map<String, CompletableFuture<Integer>> running = new TreeMap<>();
    private final MultipartClient completed;
    private final MultipartClient part;
    private final TusUpload tus;
    private volatile boolean suspended;

    /**
     * Prepares the files and uploads.
     *
     * @param prefix of their keys
     * @param others sends requests to other nodes, too
     */
    LateRequests(String prefix, Acknowledged files, Balancer others) throws InterruptedException {
        this.prefix = prefix;
        this.files = files;
        this.others = others;
        store("deleted", OLD);
        store("source", OLD);
        completed = others.get(api -> MultipartClient.create(api, prefix + "completed"));
        putPart(completed, OLD);
        part = others.get(api -> MultipartClient.create(api, prefix + "part"));
        tus = others.get(api -> TusUpload.create(api, prefix + "tus", Acknowledged.bytes(TUS)));
    }

    /** Sends the requests, which wait for the store. */
    void send(Api node) {
        begin("put", () -> node.put(path("put"), Acknowledged.bytes(OLD)).status());
        begin("deleted", () -> node.delete(path("deleted")).status());
        begin(
                "copied",
                () -> node.post(
                                Paths.OBJECT + "copy",
                                Map.of("source_key", prefix + "source", "target_key", prefix + "copied"))
                        .status());
        begin("completed", () -> completed.complete(node).status());
        begin(
                "part",
                () -> node.put(
                                Paths.MULTIPART + "upload-part" + part.query() + "&part_number=1",
                                Acknowledged.bytes(OLD))
                        .status());
        begin("tus", () -> {
            TusUpload same = TusUpload.at(tus.url(), tus.key(), tus.bytes());
            same.send(node, TUS);
            return 204;
        });
    }

    private void begin(String name, IntSupplier request) {
        running.put(name, CompletableFuture.supplyAsync(() -> {
            int status = status(request);
            // The store may end a connection at the moment that the node uses it.
            while (status == UNAVAILABLE && !suspended) {
                status = status(request);
            }
            return status;
        }));
    }

    private static int status(IntSupplier request) {
        try {
            return request.getAsInt();
        } catch (UnexpectedReply e) {
            return e.status();
        } catch (UncheckedIOException e) {
            return CUT;
        }
    }

    /** The node is suspended, so that what it responds from now on is the end. */
    void suspended() {
        suspended = true;
    }

    /** Whether a request to the store is part of one of these. */
    boolean isAbout(String request) {
        return request.contains("/" + prefix) && !request.startsWith("GET") && !request.startsWith("HEAD");
    }

    /** The requests of which none of these requests to the store is a part. */
    List<String> missing(List<String> kept) {
        return running.keySet().stream()
                .filter(name -> kept.stream().noneMatch(request -> request.contains(prefix + name)))
                .toList();
    }

    /** Does the same, or something newer, through other nodes. */
    void overtake() throws InterruptedException {
        store("put", NEW);
        store("deleted", NEW);
        store("copied", NEW);
        putPart(part, NEW);
        MultipartUploads.complete(others, completed);
        store("completed", NEW);
        TusUploads.finish(others, tus);
        files.add(tus.key(), TUS);
    }

    /** Waits until the node has responded to all of its requests; returns the statuses. No change was acknowledged. */
    String awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Integer> statuses = new TreeMap<>();
        for (Map.Entry<String, CompletableFuture<Integer>> request : running.entrySet()) {
            statuses.put(request.getKey(), request.getValue().get(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        // An upload that others have completed is complete for the node, too.
        statuses.forEach((name, status) -> assertThat(status == CUT || status >= 400 || name.equals("completed"))
                .as(name + " of " + statuses)
                .isTrue());
        return statuses.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Completes the upload of which a newer part was acknowledged, and checks all files. */
    void check() throws InterruptedException {
        MultipartUploads.complete(others, part);
        files.add(part.key(), NEW);
        for (String name : List.of("put", "deleted", "copied", "completed", "part")) {
            Acknowledged.check(others, prefix + name, NEW);
        }
        Acknowledged.check(others, tus.key(), TUS);
    }

    private void store(String name, int size) throws InterruptedException {
        Reply unused = others.get(api -> api.store(prefix + name, Acknowledged.bytes(size)));
        files.add(prefix + name, size);
    }

    private void putPart(MultipartClient upload, int size) throws InterruptedException {
        boolean unused = others.get(api -> {
            upload.putMissing(api, List.of(Acknowledged.bytes(size)));
            return true;
        });
    }

    private String path(String name) {
        return Paths.OBJECT + Api.encode(prefix + name);
    }
}
