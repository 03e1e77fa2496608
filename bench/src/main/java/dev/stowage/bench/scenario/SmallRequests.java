package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.client.SdkStore;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.util.ArrayList;
import java.util.List;

/** Requests about objects on S3, and their latency during downloads. */
final class SmallRequests implements Scenario {

    private static final String KEY = "s/small";
    private static final String BULK = "s/bulk";
    private static final long BULK_MIB = 8;
    private static final int CLIENTS = 16;
    private static final int TURNS = 600;
    private static final int LATENCY_TURNS = 200;
    private static final int DOWNLOADS = 64;

    @Override
    public String name() {
        return "small";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        try (Http store = new Http(bed.store().address())) {
            store.put(Paths.bucket(KEY), bed.payload(), 4 << 10);
            store.put(Paths.bucket(BULK), bed.payload(), BULK_MIB * MIB);
        }
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(rate(bed, "exists", "HEAD", Paths.exists(KEY)));
        comparisons.add(rate(bed, "metadata", "GET", Paths.metadata(KEY)));
        comparisons.add(
                latency("exists-p99", bed.s3(), Paths.exists(KEY), Paths.download(BULK), List.of(new Goal("idle", 5))));
        if (bed.proxy().isPresent()) {
            comparisons.add(latency("nginx-p99", bed.proxy().get(), Paths.bucket(KEY), Paths.bucket(BULK), List.of()));
        }
        return comparisons;
    }

    private static Comparison rate(TestBed bed, String name, String method, String path) throws Exception {
        SdkStore sdk = bed.sdk(bed.store());
        List<Contender> contenders = new ArrayList<>();
        contenders.add(Contender.of("stowage", bed.s3().usage(), () -> rate(bed.s3(), method, path)));
        contenders.add(Contender.of(
                "sdk", () -> CLIENTS * TURNS / Crowd.run(CLIENTS, TURNS, (client, turn) -> sdk.head(KEY))));
        if (bed.proxy().isPresent()) {
            Server proxy = bed.proxy().get();
            contenders.add(Contender.of("nginx", () -> rate(proxy, "HEAD", Paths.bucket(KEY))));
        }
        return new Comparison(name, "requests/s", true, contenders, List.of(new Goal("sdk", 0.85)));
    }

    private static double rate(Server server, String method, String path) throws Exception {
        return CLIENTS
                * TURNS
                / Crowd.run(
                        server.address(),
                        CLIENTS,
                        TURNS,
                        (connection, client, turn) -> connection.request(method, path));
    }

    private static Comparison latency(String name, Server server, String small, String bulk, List<Goal> goals) {
        Contender idle = Contender.of("idle", () -> percentile(server, small));
        Contender busy = Contender.of("64 downloads", () -> {
            Background downloads = Background.start(server, DOWNLOADS, bulk);
            try {
                return percentile(server, small);
            } finally {
                downloads.stop();
            }
        });
        return new Comparison(name, "ms", false, List.of(busy, idle), goals);
    }

    private static double percentile(Server server, String path) throws Exception {
        return Crowd.percentile99(
                server.address(), LATENCY_TURNS, (connection, client, turn) -> connection.request("HEAD", path));
    }
}
