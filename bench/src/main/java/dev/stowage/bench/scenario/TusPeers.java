package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.client.Tus;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.measure.Work;
import dev.stowage.bench.process.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;

/**
 * Tus uploads compared with tusd: small ones, as when a folder of photos is dropped on a page, and large ones. tusd syncs nothing on disk
 * and computes no digests. Where there is versitygw, which verifies signatures, both are compared on it, too.
 */
final class TusPeers implements Scenario {

    private static final String TUSD = "tusd";
    private static final int SMALL = 64 << 10;
    private static final long LARGE = 64 * MIB;

    /** The sizes of a folder's files, one after another, in KiB: notes, icons, photos. */
    private static final int[] FOLDER = {1, 4, 16, 2, 900, 40, 8, 2500, 120, 4};

    /** Every round has keys of its own, so that no upload replaces a file. */
    private final AtomicInteger rounds = new AtomicInteger();

    @Override
    public String name() {
        return "tusd";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        Server local = bed.local();
        Optional<Server> onFiles = bed.tusd();
        List<Comparison> comparisons = new ArrayList<>(List.of(
                small(bed, "tusd-64kib-local", local, onFiles, 100, 0.5),
                folder(bed, "tusd-folder-local", local, onFiles),
                large(bed, "tusd-64mib-local", local, onFiles, 0.6)));
        Optional<Server> store = bed.versitygw();
        if (store.isPresent()) {
            Server s3 = bed.on("signed", store.get());
            Optional<Server> onS3 = bed.tusd(store.get());
            comparisons.add(small(bed, "tusd-64kib-s3", s3, onS3, 25, 1.3));
            comparisons.add(large(bed, "tusd-64mib-s3", s3, onS3, 1.2));
        }
        return comparisons;
    }

    private Comparison small(TestBed bed, String name, Server service, Optional<Server> tusd, int turns, double goal) {
        int clients = 16;
        int files = clients * turns;
        Work oneRequest = () -> files
                / run(
                        service,
                        clients,
                        turns,
                        (connection, key, turn) -> new Tus(connection, bed.payload()).create(key, SMALL));
        List<Contender> contenders = contenders(bed, service, tusd, clients, turns, files, turn -> SMALL);
        contenders.add(1, Contender.of("stowage, one request", service.usage(), oneRequest));
        return new Comparison(name, "files/s", true, files, contenders, List.of(new Goal(TUSD, goal)));
    }

    private Comparison folder(TestBed bed, String name, Server service, Optional<Server> tusd) {
        int clients = 4;
        int turns = 5 * FOLDER.length;
        int files = clients * turns;
        List<Contender> contenders = contenders(
                bed, service, tusd, clients, turns, files, turn -> (long) FOLDER[turn % FOLDER.length] << 10);
        return new Comparison(name, "files/s", true, files, contenders, List.of());
    }

    private Comparison large(TestBed bed, String name, Server service, Optional<Server> tusd, double goal) {
        int clients = 4;
        int turns = 2;
        double mib = (double) clients * turns * LARGE / MIB;
        List<Contender> contenders = contenders(bed, service, tusd, clients, turns, mib, turn -> LARGE);
        return new Comparison(name, "MiB/s", true, contenders, List.of(new Goal(TUSD, goal)));
    }

    /**
     * The service, and tusd where it is installed.
     *
     * @param work of all uploads together, in the unit of the comparison without its time
     * @param sizes the size of the file of each turn
     */
    private List<Contender> contenders(
            TestBed bed,
            Server service,
            Optional<Server> tusd,
            int clients,
            int turns,
            double work,
            IntToLongFunction sizes) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(Contender.of(
                "stowage",
                service.usage(),
                () -> work
                        / run(
                                service,
                                clients,
                                turns,
                                (connection, key, turn) ->
                                        new Tus(connection, bed.payload()).put(key, sizes.applyAsLong(turn)))));
        tusd.ifPresent(peer -> contenders.add(Contender.of(
                TUSD,
                peer.usage(),
                () -> work
                        / run(
                                peer,
                                clients,
                                turns,
                                (connection, key, turn) -> new Tus(connection, bed.payload(), TestBed.TUSD_UPLOADS)
                                        .put(key, sizes.applyAsLong(turn))))));
        return contenders;
    }

    private double run(Server server, int clients, int turns, Upload upload) throws Exception {
        String round = "t/" + rounds.incrementAndGet() + "/";
        return Crowd.run(
                server.address(),
                clients,
                turns,
                (connection, client, turn) -> upload.run(connection, round + client + "/" + turn, turn));
    }

    /** Uploads one file. */
    @FunctionalInterface
    private interface Upload {
        void run(Http connection, String key, int turn) throws Exception;
    }
}
