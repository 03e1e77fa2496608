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
        return List.of(
                put(bed, "through-put-64kib", service, sdk, SMALL, 16, 100, 0.6),
                get("through-get-64kib", service, sdk, "g/small", SMALL, 16, 200, 0.6),
                put(bed, "through-put-64mib", service, sdk, LARGE, 4, 2, 0.7),
                get("through-get-64mib", service, sdk, "g/large", LARGE, 4, 4, 0.75));
    }

    private static Comparison put(
            TestBed bed, String name, Server service, SdkStore sdk, long size, int clients, int turns, double goal) {
        double work = work(size, clients * turns);
        return new Comparison(
                name,
                unit(size),
                true,
                clients * turns,
                List.of(
                        Contender.of(
                                "stowage",
                                service.usage(),
                                () -> work
                                        / Crowd.run(
                                                service.address(),
                                                clients,
                                                turns,
                                                (connection, client, turn) -> connection.put(
                                                        Paths.put("u/" + client + "/" + turn), bed.payload(), size))),
                        Contender.of(
                                SDK,
                                () -> work
                                        / Crowd.run(
                                                clients,
                                                turns,
                                                (client, turn) -> sdk.put("d/" + client + "/" + turn, size)))),
                List.of(new Goal(SDK, goal)));
    }

    private static Comparison get(
            String name, Server service, SdkStore sdk, String key, long size, int clients, int turns, double goal) {
        double work = work(size, clients * turns);
        return new Comparison(
                name,
                unit(size),
                true,
                clients * turns,
                List.of(
                        Contender.of(
                                "stowage",
                                service.usage(),
                                () -> work
                                        / Crowd.run(
                                                service.address(),
                                                clients,
                                                turns,
                                                (connection, client, turn) ->
                                                        connection.request("GET", Paths.download(key)))),
                        Contender.of(SDK, () -> work / Crowd.run(clients, turns, (client, turn) -> sdk.get(key)))),
                List.of(new Goal(SDK, goal)));
    }

    private static double work(long size, int files) {
        return size < MIB ? files : (double) files * size / MIB;
    }

    private static String unit(long size) {
        return size < MIB ? "files/s" : "MiB/s";
    }
}
