package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.SdkStore;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.util.List;
import java.util.Optional;

/** The way through the service to versitygw, a store that verifies signatures, compared with the SDK on that store. */
final class Through implements Scenario {

    private static final int SMALL = 64 << 10;
    private static final long LARGE = 64 * MIB;
    private static final String SDK = "sdk";

    @Override
    public String name() {
        return "through";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        Optional<Server> store = bed.versitygw();
        if (store.isEmpty()) {
            System.err.println(
                    "versitygw is not installed; running without the way through to a store that verifies signatures");
            return List.of();
        }
        Server service = bed.on("signed", store.get());
        SdkStore sdk = bed.sdk(store.get());
        sdk.put("g/small", SMALL);
        sdk.put("g/large", LARGE);
        Crowd.Act getSmall = (connection, client, turn) -> connection.request("GET", Paths.download("g/small"));
        Crowd.Act getLarge = (connection, client, turn) -> connection.request("GET", Paths.download("g/large"));
        return List.of(
                comparison("through-put-64kib", service, SMALL, 16, 100, put(bed, SMALL), put(sdk, SMALL), 0.6),
                comparison(
                        "through-get-64kib",
                        service,
                        SMALL,
                        16,
                        200,
                        getSmall,
                        (client, turn) -> sdk.get("g/small"),
                        0.6),
                comparison("through-put-64mib", service, LARGE, 4, 2, put(bed, LARGE), put(sdk, LARGE), 0.7),
                comparison(
                        "through-get-64mib",
                        service,
                        LARGE,
                        4,
                        4,
                        getLarge,
                        (client, turn) -> sdk.get("g/large"),
                        0.75));
    }

    private static Crowd.Act put(TestBed bed, long size) {
        return (connection, client, turn) -> connection.put(Paths.put("u/" + client + "/" + turn), bed.payload(), size);
    }

    private static Crowd.OwnAct put(SdkStore sdk, long size) {
        return (client, turn) -> sdk.put("d/" + client + "/" + turn, size);
    }

    /** Compares transfers of files of a size, through the service and directly. */
    private static Comparison comparison(
            String name,
            Server service,
            long size,
            int clients,
            int turns,
            Crowd.Act through,
            Crowd.OwnAct directly,
            double goal) {
        int files = clients * turns;
        double work = work(size, files);
        return new Comparison(
                name,
                unit(size),
                true,
                files,
                List.of(
                        Contender.of(
                                "stowage",
                                service.usage(),
                                () -> work / Crowd.run(service.address(), clients, turns, through)),
                        Contender.of(SDK, () -> work / Crowd.run(clients, turns, directly))),
                List.of(new Goal(SDK, goal)));
    }

    private static double work(long size, int files) {
        return size < MIB ? files : (double) files * size / MIB;
    }

    private static String unit(long size) {
        return size < MIB ? "files/s" : "MiB/s";
    }
}
