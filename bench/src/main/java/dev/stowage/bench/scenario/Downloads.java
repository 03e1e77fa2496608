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

/** Downloads from S3: through the service, through nginx, and by the SDK. */
final class Downloads implements Scenario {

    private static final String LARGE = "d/large";
    private static final String MEDIUM = "d/medium";
    private static final long LARGE_MIB = 1024;
    private static final long MEDIUM_MIB = 8;

    @Override
    public String name() {
        return "download";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        try (Http store = new Http(bed.store().address())) {
            store.put(Paths.bucket(LARGE), bed.payload(), LARGE_MIB * MIB);
            store.put(Paths.bucket(MEDIUM), bed.payload(), MEDIUM_MIB * MIB);
        }
        return List.of(single(bed), crowd(bed, 64, 4, 0.8), crowd(bed, 256, 1, 0.8));
    }

    private static Comparison single(TestBed bed) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(
                Contender.of("stowage", bed.s3().usage(), () -> get(bed.s3(), Paths.download(LARGE), LARGE_MIB, 1, 1)));
        if (bed.proxy().isPresent()) {
            Server proxy = bed.proxy().get();
            contenders.add(Contender.of("nginx", () -> get(proxy, Paths.bucket(LARGE), LARGE_MIB, 1, 1)));
        }
        SdkStore sdk = bed.sdk(bed.store());
        contenders.add(Contender.of("sdk", () -> LARGE_MIB / Crowd.run(1, 1, (client, turn) -> sdk.get(LARGE))));
        return new Comparison(
                "download-1", "MiB/s", true, contenders, List.of(new Goal("nginx", 1.0), new Goal("sdk", 0.75)));
    }

    private static Comparison crowd(TestBed bed, int clients, int turns, double goal) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(Contender.of(
                "stowage", bed.s3().usage(), () -> get(bed.s3(), Paths.download(MEDIUM), MEDIUM_MIB, clients, turns)));
        if (bed.proxy().isPresent()) {
            Server proxy = bed.proxy().get();
            contenders.add(Contender.of("nginx", () -> get(proxy, Paths.bucket(MEDIUM), MEDIUM_MIB, clients, turns)));
        }
        return new Comparison("download-" + clients, "MiB/s", true, contenders, List.of(new Goal("nginx", goal)));
    }

    private static double get(Server server, String path, long mib, int clients, int turns) throws Exception {
        return mib
                * clients
                * turns
                / Crowd.run(
                        server.address(),
                        clients,
                        turns,
                        (connection, client, turn) -> connection.request("GET", path));
    }
}
