package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.util.List;
import java.util.Map;

/** The memory for many concurrent uploads. Each round has its own process, started by the launcher, as users do. */
final class Memory implements Scenario {

    private static final int CLIENTS = 64;
    private static final long SIZE = 64 * MIB;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        return List.of(
                comparison(bed, "memory-s3", bed.s3Settings(), 200),
                comparison(bed, "memory-local", bed.localSettings(), 160));
    }

    private static Comparison comparison(TestBed bed, String name, Map<String, String> settings, int goal) {
        return new Comparison(
                name,
                "MiB",
                false,
                List.of(Contender.of("stowage -Xmx128m", () -> peak(bed, name, settings))),
                List.of(Goal.value(goal)));
    }

    private static double peak(TestBed bed, String name, Map<String, String> settings) throws Exception {
        try (Server service = bed.servers().launched(name, settings, "-Xmx128m")) {
            Crowd.run(
                    service.address(),
                    CLIENTS,
                    1,
                    (connection, client, turn) -> connection.put(Paths.put("m/" + client), bed.payload(), SIZE));
            return service.usage().peakMiB();
        }
    }
}
