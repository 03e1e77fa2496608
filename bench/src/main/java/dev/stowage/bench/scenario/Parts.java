package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.process.Server;
import java.util.List;

/** The parts of a multipart upload to S3, sent in parallel, including its creation and completion, compared with one body. */
final class Parts implements Scenario {

    private static final String KEY = "p/parts";
    private static final long FILE_MIB = 1024;
    private static final long PART_MIB = 8;
    private static final int CLIENTS = 4;
    private static final int TURNS = (int) (FILE_MIB / PART_MIB / CLIENTS);

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        Server service = bed.s3();
        return List.of(new Comparison(
                "parts-1gib",
                "MiB/s",
                true,
                List.of(
                        Contender.of("4 parts at once", service.usage(), () -> inParts(bed, service)),
                        Contender.of("raw", service.usage(), () -> raw(bed, service))),
                List.of()));
    }

    private static double inParts(TestBed bed, Server service) throws Exception {
        long began = System.nanoTime();
        try (Http connection = new Http(service.address())) {
            String id = Sessions.begin(connection, KEY);
            String part = Sessions.part(KEY, id);
            double unused = Crowd.run(
                    service.address(),
                    CLIENTS,
                    TURNS,
                    (client, number, turn) ->
                            client.put(part + (1 + number * TURNS + turn), bed.payload(), PART_MIB * MIB));
            Sessions.complete(connection, KEY, id);
        }
        return FILE_MIB / ((System.nanoTime() - began) / 1e9);
    }

    private static double raw(TestBed bed, Server service) throws Exception {
        return FILE_MIB
                / Crowd.run(
                        service.address(),
                        1,
                        1,
                        (connection, client, turn) -> connection.put(Paths.put(KEY), bed.payload(), FILE_MIB * MIB));
    }
}
