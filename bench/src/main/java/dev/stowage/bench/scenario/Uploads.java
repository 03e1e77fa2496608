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

/** Uploads to S3, raw and as forms, small, medium and large: through the service, through nginx, and by the SDK. */
final class Uploads implements Scenario {

    private static final int PART = 8 << 20;

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        return List.of(
                comparison(
                        bed, "upload-1gib", 1024 * MIB, 1, 1, List.of(new Goal("nginx", 1.0), new Goal("sdk", 0.75))),
                comparison(bed, "upload-8mib", 8 * MIB, 4, 16, List.of()),
                comparison(bed, "upload-4kib", 4 << 10, 16, 400, List.of()),
                form(bed, "form-1gib", 1024 * MIB, 1, 1),
                form(bed, "form-8mib", 8 * MIB, 4, 16),
                form(bed, "form-4kib", 4 << 10, 16, 400));
    }

    private static Comparison comparison(TestBed bed, String name, long size, int clients, int turns, List<Goal> goals)
            throws Exception {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(Contender.of(
                "stowage", bed.s3().usage(), () -> raw(bed, bed.s3(), Paths.put("u/"), size, clients, turns)));
        if (bed.proxy().isPresent()) {
            Server proxy = bed.proxy().get();
            contenders.add(Contender.of("nginx", () -> raw(bed, proxy, Paths.bucket("u/"), size, clients, turns)));
        }
        SdkStore sdk = bed.sdk(bed.store());
        contenders.add(Contender.of(
                "sdk",
                () -> rate(
                        size,
                        clients,
                        turns,
                        Crowd.run(clients, turns, (client, turn) -> sdk.put("u/" + client, size)))));
        if (size > PART) {
            contenders.add(Contender.of(
                    "sdk-parts",
                    () -> rate(
                            size,
                            clients,
                            turns,
                            Crowd.run(clients, turns, (client, turn) -> sdk.putInParts("u/" + client, size, PART)))));
        }
        return new Comparison(name, Throughput.unit(size), true, contenders, goals);
    }

    private static Comparison form(TestBed bed, String name, long size, int clients, int turns) throws Exception {
        Server service = bed.s3();
        return new Comparison(
                name,
                Throughput.unit(size),
                true,
                List.of(
                        Contender.of(
                                "form",
                                service.usage(),
                                () -> rate(
                                        size,
                                        clients,
                                        turns,
                                        Crowd.run(
                                                service.address(),
                                                clients,
                                                turns,
                                                (connection, client, turn) -> connection.form(
                                                        Paths.FILES + "upload", "u/" + client, bed.payload(), size)))),
                        Contender.of(
                                "raw",
                                service.usage(),
                                () -> raw(bed, service, Paths.put("u/"), size, clients, turns))),
                List.of(new Goal("raw", 0.9)));
    }

    private static double raw(TestBed bed, Server server, String path, long size, int clients, int turns)
            throws Exception {
        double seconds = Crowd.run(
                server.address(),
                clients,
                turns,
                (connection, client, turn) -> connection.put(path + client, bed.payload(), size));
        return rate(size, clients, turns, seconds);
    }

    private static double rate(long size, int clients, int turns, double seconds) {
        return Throughput.work(size, clients * turns) / seconds;
    }
}
