package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The local store compared with nginx on the same disk, and with plain Java. Writes count when they are durable;
 * nginx has no setting for that, so its client syncs the file and its folder after each {@code PUT}.
 */
final class LocalStore implements Scenario {

    private static final String LARGE = "l/large";
    private static final String MEDIUM = "l/medium";
    private static final long LARGE_MIB = 1024;
    private static final long MEDIUM_MIB = 8;
    private static final int SMALL = 4 << 10;
    private static final int CLIENTS = 16;
    private static final int TURNS = 100;

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        try (Http service = new Http(bed.local().address())) {
            service.put(Paths.put(LARGE), bed.payload(), LARGE_MIB * MIB);
            service.put(Paths.put(MEDIUM), bed.payload(), MEDIUM_MIB * MIB);
        }
        if (bed.files().isPresent()) {
            try (Http nginx = new Http(bed.files().get().address())) {
                nginx.put("/" + LARGE, bed.payload(), LARGE_MIB * MIB);
                nginx.put("/" + MEDIUM, bed.payload(), MEDIUM_MIB * MIB);
            }
        }
        return List.of(
                download(bed, "local-download-1", LARGE, LARGE_MIB, 1, 1),
                download(bed, "local-download-64", MEDIUM, MEDIUM_MIB, 64, 4),
                upload(bed, "local-upload-1gib", 1024 * MIB, 1, 1),
                upload(bed, "local-upload-8mib", 8 * MIB, 4, 8),
                small(bed));
    }

    private static Comparison download(TestBed bed, String name, String key, long mib, int clients, int turns)
            throws Exception {
        List<Contender> contenders = new ArrayList<>();
        Server service = bed.local();
        contenders.add(
                Contender.of("stowage", service.usage(), () -> get(service, Paths.download(key), mib, clients, turns)));
        if (bed.files().isPresent()) {
            Server nginx = bed.files().get();
            contenders.add(Contender.of("nginx", () -> get(nginx, "/" + key, mib, clients, turns)));
        }
        return new Comparison(name, "MiB/s", true, contenders, List.of(new Goal("nginx", 0.8)));
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

    private static Comparison upload(TestBed bed, String name, long size, int clients, int turns) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        Server service = bed.local();
        double mib = (double) size * clients * turns / MIB;
        contenders.add(Contender.of(
                "stowage",
                service.usage(),
                () -> mib
                        / Crowd.run(
                                service.address(),
                                clients,
                                turns,
                                (connection, client, turn) ->
                                        connection.put(Paths.put("u/" + client), bed.payload(), size))));
        if (bed.files().isPresent()) {
            Server nginx = bed.files().get();
            contenders.add(Contender.of(
                    "nginx",
                    () -> mib
                            / Crowd.run(nginx.address(), clients, turns, (connection, client, turn) -> {
                                connection.put("/u/" + client, bed.payload(), size);
                                sync(bed.filesRoot().resolve("u").resolve(Integer.toString(client)));
                                sync(bed.filesRoot().resolve("u"));
                            })));
        }
        return new Comparison(name, "MiB/s", true, contenders, List.of(new Goal("nginx", 0.8)));
    }

    private static Comparison small(TestBed bed) throws Exception {
        Server service = bed.local();
        Path folder = Files.createDirectories(bed.servers().work().resolve("plain"));
        byte[] bytes = bed.payload().first(SMALL);
        double files = CLIENTS * TURNS;
        return new Comparison(
                "local-upload-4kib",
                "files/s",
                true,
                List.of(
                        Contender.of(
                                "stowage",
                                service.usage(),
                                () -> files
                                        / Crowd.run(
                                                service.address(),
                                                CLIENTS,
                                                TURNS,
                                                (connection, client, turn) -> connection.put(
                                                        Paths.put("s/" + client + "/" + turn), bed.payload(), SMALL))),
                        Contender.of(
                                "plain Java",
                                () -> files
                                        / Crowd.run(
                                                CLIENTS,
                                                TURNS,
                                                (client, turn) -> write(folder, client + "-" + turn, bytes)))),
                List.of(new Goal("plain Java", 0.8)));
    }

    /** Writes a file safely: under a temporary name, synced before it is renamed. */
    private static void write(Path folder, String name, byte[] bytes) throws IOException {
        Path temporary = folder.resolve(name + ".new");
        try (FileChannel file = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes));
            file.force(true);
        }
        Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            file.force(true);
        }
    }
}
