package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.SdkStore;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import dev.stowage.bench.scenario.TestBed.S3Use;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The embedded store compared with MinIO on files on the same disk. The same plain sockets send requests to both; those to MinIO are signed
 * in the URL, before the time is taken.
 */
final class MinioPeer implements Scenario {

    private static final String PEER = "minio";
    private static final int SMALL = 4 << 10;
    private static final long MEDIUM = 8 * MIB;

    @Override
    public String name() {
        return PEER;
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        Optional<S3Use> minio = bed.minio();
        if (minio.isEmpty()) {
            System.err.println("MinIO is not installed; running without the comparison with it");
            return List.of();
        }
        SdkStore sdk = minio.get().sdk();
        Server service = bed.local();
        Crowd.run(service.address(), 1, 1, (connection, client, turn) -> {
            connection.put(Paths.put("g/small"), bed.payload(), SMALL);
            connection.put(Paths.put("g/medium"), bed.payload(), MEDIUM);
        });
        sdk.put("g/small", SMALL);
        sdk.put("g/medium", MEDIUM);
        return List.of(
                put("minio-put-4kib", bed, minio.get(), SMALL, 16, 100, 4),
                get("minio-get-4kib", bed, minio.get(), "g/small", SMALL, 16, 400, 2),
                put("minio-put-1mib", bed, minio.get(), MIB, 8, 40, 1),
                put("minio-put-8mib", bed, minio.get(), MEDIUM, 4, 20, 1.1),
                get("minio-get-8mib", bed, minio.get(), "g/medium", MEDIUM, 8, 20, 1));
    }

    private static Comparison put(String name, TestBed bed, S3Use minio, long size, int clients, int turns, double goal)
            throws Exception {
        List<String> signed = IntStream.range(0, clients * turns)
                .mapToObj(i -> minio.sdk().signedPut(key(size, i / turns, i % turns)))
                .toList();
        return comparison(
                name,
                bed,
                minio,
                size,
                clients,
                turns,
                (connection, client, turn) -> connection.put(Paths.put(key(size, client, turn)), bed.payload(), size),
                (connection, client, turn) -> connection.put(signed.get(client * turns + turn), bed.payload(), size),
                goal);
    }

    private static String key(long size, int client, int turn) {
        return "p" + size + "/" + client + "/" + turn;
    }

    private static Comparison get(
            String name, TestBed bed, S3Use minio, String key, long size, int clients, int turns, double goal)
            throws Exception {
        String signed = minio.sdk().signedGet(key);
        return comparison(
                name,
                bed,
                minio,
                size,
                clients,
                turns,
                (connection, client, turn) -> connection.request("GET", Paths.download(key)),
                (connection, client, turn) -> connection.request("GET", signed),
                goal);
    }

    private static Comparison comparison(
            String name,
            TestBed bed,
            S3Use minio,
            long size,
            int clients,
            int turns,
            Crowd.Act onService,
            Crowd.Act onMinio,
            double goal)
            throws Exception {
        int files = clients * turns;
        double work = Throughput.work(size, files);
        Server service = bed.local();
        return new Comparison(
                name,
                Throughput.unit(size),
                true,
                files,
                List.of(
                        Contender.of(
                                "stowage",
                                service.usage(),
                                () -> work / Crowd.run(service.address(), clients, turns, onService)),
                        Contender.of(
                                PEER,
                                minio.server().usage(),
                                () -> work / Crowd.run(minio.server().address(), clients, turns, onMinio))),
                List.of(new Goal(PEER, goal)));
    }
}
