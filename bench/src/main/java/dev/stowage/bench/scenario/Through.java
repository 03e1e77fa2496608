package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.SdkStore;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The way through the service to versitygw, a store that verifies signatures, compared with the SDK on that store, and with nginx as a
 * proxy.
 */
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
        Ways ways = new Ways(
                bed, bed.on("signed", store.get()), bed.proxy("nginx-signed", store.get()), bed.sdk(store.get()));
        return List.of(
                ways.put("through-put-64kib", SMALL, 16, 100, 0.6),
                ways.get("through-get-64kib", SMALL, 16, 200, 0.6),
                ways.put("through-put-64mib", LARGE, 4, 2, 0.7),
                ways.get("through-get-64mib", LARGE, 4, 4, 0.75));
    }

    /** The ways to the store: through the service, through nginx by signed URLs, and directly. */
    private record Ways(TestBed bed, Server service, Optional<Server> proxy, SdkStore sdk) {

        Comparison put(String name, long size, int clients, int turns, double goal) {
            List<String> signed = IntStream.range(0, clients * turns)
                    .mapToObj(i -> sdk.signedPut("n/" + i))
                    .toList();
            return comparison(
                    name,
                    size,
                    clients,
                    turns,
                    (connection, client, turn) ->
                            connection.put(Paths.put("u/" + client + "/" + turn), bed.payload(), size),
                    (connection, client, turn) ->
                            connection.put(signed.get(client * turns + turn), bed.payload(), size),
                    (client, turn) -> sdk.put("d/" + client + "/" + turn, size),
                    goal);
        }

        Comparison get(String name, long size, int clients, int turns, double goal) {
            String key = "g/" + size;
            sdk.put(key, size);
            String signed = sdk.signedGet(key);
            return comparison(
                    name,
                    size,
                    clients,
                    turns,
                    (connection, client, turn) -> connection.request("GET", Paths.download(key)),
                    (connection, client, turn) -> connection.request("GET", signed),
                    (client, turn) -> sdk.get(key),
                    goal);
        }

        private Comparison comparison(
                String name,
                long size,
                int clients,
                int turns,
                Crowd.Act onService,
                Crowd.Act onProxy,
                Crowd.OwnAct directly,
                double goal) {
            int files = clients * turns;
            double work = Throughput.work(size, files);
            List<Contender> contenders = new ArrayList<>();
            contenders.add(Contender.of(
                    "stowage", service.usage(), () -> work / Crowd.run(service.address(), clients, turns, onService)));
            proxy.ifPresent(nginx -> contenders.add(
                    Contender.of("nginx", () -> work / Crowd.run(nginx.address(), clients, turns, onProxy))));
            contenders.add(Contender.of(SDK, () -> work / Crowd.run(clients, turns, directly)));
            return new Comparison(name, Throughput.unit(size), true, files, contenders, List.of(new Goal(SDK, goal)));
        }
    }
}
