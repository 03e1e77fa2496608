package dev.stowage.it.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node is suspended beyond its lease, while the store has not received the deletions of its items of a job, nor what it was asked for by
 * clients. Others take over, and files are stored again under the same keys. They must stay when the node resumes.
 */
final class Suspension {

    private static final Pattern DELETED = Pattern.compile("<Key>([^<]+)</Key>|^DELETE /[^/]+/([^ ?]+) ");

    /** Logged for work on a job that ended because of the lease. */
    private static final String LOST = "The lease of this process expired during work on a job";

    private final Node node;
    private final Jobs jobs;
    private final Client.Crowd crowd;
    private final Acknowledged files;
    private final LateRequests late;

    Suspension(Node node, Jobs jobs, Client.Crowd crowd, Acknowledged files, LateRequests late) {
        this.node = node;
        this.jobs = jobs;
        this.crowd = crowd;
        this.files = files;
        this.late = late;
    }

    /**
     * Suspends the node and resumes it.
     *
     * @param time longer than the lease
     * @param balancer reads what was stored
     * @return what was seen
     */
    String run(Duration time, Balancer balancer) throws InterruptedException, ExecutionException, TimeoutException {
        suspendAtWork();
        int before = jobs.ended();
        Set<String> deletions = deletions(node.store().kept());
        long lost = node.process().logged(LOST);
        node.store().open();
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            late.overtake();
            crowd.await("the job ended", () -> jobs.ended() > before);
            // The job's client has stored them again.
            files.check(balancer, deletions);
        } finally {
            node.process().resume();
        }
        String statuses = late.awaitEnd();
        boolean returned = awaitMore(lost);
        late.check();
        files.check(balancer, deletions);
        return "%s, %d deletions of a job (%s) and these requests were late: %s"
                .formatted(node, deletions.size(), returned ? "lost" : "interrupted", statuses);
    }

    private void suspendAtWork() throws InterruptedException, ExecutionException {
        node.store().keep(request -> isJobDeletion(request) || late.isAbout(request));
        try {
            crowd.await(
                    "the node deletes files of a job",
                    () -> !deletions(node.store().kept()).isEmpty());
            late.send(node.apiWithLongTimeout());
            crowd.await(
                    "the node serves requests",
                    () -> late.missing(node.store().kept()).isEmpty());
            node.process().suspend();
            late.suspended();
        } catch (InterruptedException | ExecutionException | RuntimeException | Error e) {
            node.store().open();
            throw e;
        }
    }

    /** Whether a request to the store deletes files of a job. */
    static boolean isJobDeletion(String request) {
        return (request.startsWith("DELETE ") && request.contains("/" + Jobs.RESULTS))
                || (request.startsWith("POST ") && request.contains("?delete"));
    }

    private static Set<String> deletions(List<String> requests) {
        Set<String> keys = new TreeSet<>();
        for (String request : requests) {
            Matcher key = DELETED.matcher(request);
            while (key.find()) {
                keys.add(key.group(1) == null ? key.group(2) : key.group(1));
            }
        }
        keys.removeIf(key -> !key.startsWith(Jobs.RESULTS));
        return keys;
    }

    /**
     * Waits until the node has returned to the work of which it no longer has the claim. When it first sees that the job has ended, it
     * interrupts this work instead, and logs nothing; the time is longer than a call to the store is repeated.
     *
     * @return whether the node has lost the claim
     */
    private boolean awaitMore(long lost) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(12);
        while (node.process().logged(LOST) == lost && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return node.process().logged(LOST) > lost;
    }
}
