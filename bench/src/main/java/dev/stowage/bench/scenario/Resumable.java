package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.SlowUploads;
import dev.stowage.bench.client.Tus;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.util.List;
import java.util.Map;

/** Tus uploads compared with raw ones: throughput, memory of many, and the effect of slow ones on fast ones. */
final class Resumable implements Scenario {

    private static final long LARGE = 1024 * MIB;
    private static final long MEDIUM = 256 * MIB;
    private static final int FAST = 4;
    private static final int SLOW = 200;
    private static final int SLOW_BYTES_PER_SECOND = 50_000;
    private static final int AT_ONCE = 8;

    @Override
    public String name() {
        return "resumable";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        return List.of(
                one(bed, "tus-1gib", bed.s3()),
                one(bed, "tus-local-1gib", bed.local()),
                fairness(bed, "tus-fairness", bed.s3()),
                fairness(bed, "tus-fairness-256m", small(bed, "s3-256m", bed.s3Settings())),
                fairness(bed, "tus-local-fairness", bed.local()),
                fairness(bed, "tus-local-fairness-256m", small(bed, "local-256m", bed.localSettings())),
                memory(bed, "tus-memory-s3", bed.s3Settings()),
                memory(bed, "tus-memory-local", bed.localSettings()));
    }

    private static Comparison one(TestBed bed, String name, Server service) {
        return new Comparison(
                name,
                "MiB/s",
                true,
                List.of(
                        Contender.of("tus", service.usage(), () -> rate(service, 1, LARGE, tus(bed, LARGE))),
                        Contender.of("raw", service.usage(), () -> rate(service, 1, LARGE, raw(bed, LARGE)))),
                List.of(new Goal("raw", 0.9)));
    }

    private static Comparison fairness(TestBed bed, String name, Server service) {
        Crowd.Act act = tus(bed, MEDIUM);
        return new Comparison(
                name,
                "MiB/s",
                true,
                List.of(
                        Contender.of("beside slow ones", service.usage(), () -> {
                            try (SlowUploads slow =
                                    SlowUploads.start(service.address(), bed.payload(), SLOW, SLOW_BYTES_PER_SECOND)) {
                                slow.settle();
                                return rate(service, FAST, MEDIUM, act);
                            }
                        }),
                        Contender.of("alone", service.usage(), () -> rate(service, FAST, MEDIUM, act))),
                List.of(new Goal("alone", 0.8)));
    }

    /** A service with the heap size recommended in the README. */
    private static Server small(TestBed bed, String name, Map<String, String> settings) throws Exception {
        return bed.server(name, () -> bed.servers().stowage(name, settings, List.of("-Xmx256m")));
    }

    private static Comparison memory(TestBed bed, String name, Map<String, String> settings) {
        return new Comparison(
                name,
                "MiB",
                false,
                List.of(
                        Contender.of("tus -Xmx128m", () -> peak(bed, name, settings, tus(bed, MEDIUM))),
                        Contender.of("raw -Xmx128m", () -> peak(bed, name, settings, raw(bed, MEDIUM)))),
                List.of(new Goal("raw -Xmx128m", 1.1)));
    }

    private static double peak(TestBed bed, String name, Map<String, String> settings, Crowd.Act act) throws Exception {
        try (Server service = bed.servers().stowage(name, settings, List.of("-Xmx128m"))) {
            Crowd.run(service.address(), AT_ONCE, 1, act);
            return service.usage().peakMiB();
        }
    }

    private static double rate(Server service, int clients, long size, Crowd.Act act) throws Exception {
        double mib = (double) clients * size / MIB;
        return mib / Crowd.run(service.address(), clients, 1, act);
    }

    private static Crowd.Act tus(TestBed bed, long size) {
        return (connection, client, turn) -> new Tus(connection, bed.payload()).put("t/" + client, size);
    }

    private static Crowd.Act raw(TestBed bed, long size) {
        return (connection, client, turn) -> connection.put(Paths.put("t/" + client), bed.payload(), size);
    }
}
