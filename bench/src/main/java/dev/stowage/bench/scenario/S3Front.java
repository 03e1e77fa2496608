package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.SdkStore;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.scenario.TestBed.S3Use;
import java.util.List;
import java.util.Optional;

/**
 * The S3 API on the embedded store, compared with versitygw on files, by the same client. Both verify signatures. The service syncs what it
 * acknowledges to disk, and versitygw does not.
 */
final class S3Front implements Scenario {

    private static final int SMALL = 4 << 10;
    private static final long MEDIUM = 8 * MIB;
    private static final long LARGE = 1024 * MIB;
    private static final int PART = (int) (16 * MIB);
    private static final String PEER = "versitygw";

    /** What a client does on one of the servers. */
    @FunctionalInterface
    private interface Use {
        void run(SdkStore server, int client, int turn) throws Exception;
    }

    @Override
    public String name() {
        return "s3-api";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        Optional<S3Use> peer = bed.versitygwOnDisk();
        if (peer.isEmpty()) {
            System.err.println("versitygw is not installed; running without the comparison of S3 APIs");
            return List.of();
        }
        S3Use service = bed.s3Api();
        for (SdkStore server : List.of(service.sdk(), peer.get().sdk())) {
            server.put("g/small", SMALL);
            server.put("g/medium", MEDIUM);
            server.putInParts("g/large", LARGE, PART);
        }
        Use putSmall = (server, client, turn) -> server.put("s/" + client + "/" + turn, SMALL);
        Use getSmall = (server, client, turn) -> server.get("g/small");
        Use putMedium = (server, client, turn) -> server.put("m/" + client + "/" + turn, MEDIUM);
        Use getMedium = (server, client, turn) -> server.get("g/medium");
        Use putLarge = (server, client, turn) -> server.putInParts("l/" + client, LARGE, PART);
        Use getLarge = (server, client, turn) -> server.get("g/large");
        return List.of(
                comparison("s3-api-put-4kib", SMALL, 16, 100, service, peer.get(), putSmall, 1),
                comparison("s3-api-get-4kib", SMALL, 16, 200, service, peer.get(), getSmall, 1),
                comparison("s3-api-put-8mib", MEDIUM, 4, 10, service, peer.get(), putMedium, 0.9),
                comparison("s3-api-get-8mib", MEDIUM, 4, 20, service, peer.get(), getMedium, 0.9),
                comparison("s3-api-multipart-1gib", LARGE, 1, 1, service, peer.get(), putLarge, 0.9),
                comparison("s3-api-get-1gib", LARGE, 1, 1, service, peer.get(), getLarge, 0.9));
    }

    private static Comparison comparison(
            String name, long size, int clients, int turns, S3Use service, S3Use peer, Use use, double goal) {
        int files = clients * turns;
        double work = Throughput.work(size, files);
        return new Comparison(
                name,
                Throughput.unit(size),
                true,
                files,
                List.of(
                        Contender.of(
                                "stowage",
                                service.server().usage(),
                                () -> work / run(service.sdk(), clients, turns, use)),
                        Contender.of(PEER, peer.server().usage(), () -> work / run(peer.sdk(), clients, turns, use))),
                List.of(new Goal(PEER, goal)));
    }

    private static double run(SdkStore server, int clients, int turns, Use use) throws Exception {
        return Crowd.run(clients, turns, (client, turn) -> use.run(server, client, turn));
    }
}
