package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Http;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Batch jobs on the local store, on small objects, whose bytes are in the index, and on larger ones, which are files. */
final class Jobs implements Scenario {

    static final String COPY_TARGET = ",\"target\":{\"prefix\":\"processed/\"}";

    private static final int OBJECTS = 100_000;
    private static final int MANY = 1_000_000;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern END = Pattern.compile("\"state\":\"(succeeded|partially_failed|failed|cancelled)\"");

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) {
        return List.of(
                comparison(bed, "job-delete", MANY, "delete", "", List.of(Goal.value(20_000))),
                comparison(bed, "job-copy", OBJECTS, "copy", COPY_TARGET, List.of(Goal.value(15_000))),
                comparison(bed, "job-verify", OBJECTS, "verify", "", List.of()));
    }

    private static Comparison comparison(
            TestBed bed, String name, int objects, String operation, String more, List<Goal> goals) {
        return new Comparison(
                name,
                "items/s",
                true,
                List.of(
                        Contender.of("small", () -> rate(bed, name, objects, operation, more, false)),
                        Contender.of("files", () -> rate(bed, name, objects, operation, more, true))),
                goals);
    }

    /**
     * Runs a job on a number of objects and returns the items per second, from its submission to its end.
     *
     * @param files whether each object is a file on disk
     */
    static double rate(TestBed bed, String name, int objects, String operation, String more, boolean files)
            throws Exception {
        Scratch.clear(bed.servers().work().resolve(name));
        try (Server service = Seeds.start(bed, name, objects, Lists::key, files);
                Http connection = new Http(service.address())) {
            long began = System.nanoTime();
            String job = submit(connection, operation, "{\"prefix\":\"raw/\"}", more);
            await(connection, job);
            return objects / ((System.nanoTime() - began) / 1e9);
        }
    }

    /** Submits a job, and returns its path. */
    static String submit(Http connection, String operation, String source, String more) throws IOException {
        String body = "{\"operation\":\"" + operation + "\",\"source\":" + source + more + "}";
        return "/api/v1/jobs/" + first(ID, connection.json("POST", "/api/v1/jobs", body));
    }

    /** Waits for the end of a job, all of whose items must succeed. */
    static void await(Http connection, String job) throws Exception {
        String status = connection.json("GET", job, "");
        while (!END.matcher(status).find()) {
            TimeUnit.MILLISECONDS.sleep(20);
            status = connection.json("GET", job, "");
        }
        if (!first(END, status).equals("succeeded")) {
            throw new IllegalStateException("the job failed: " + status);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("unexpected: " + text);
        }
        return matcher.group(1);
    }
}
