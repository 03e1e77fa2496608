package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Http;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The time from the command to the first response, through the launcher, on each installed JDK. */
final class StartUp implements Scenario {

    private static final double NEW_GOAL = 700;
    private static final double OLD_GOAL = 1000;
    private static final int NEW = 25;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        List<Comparison> comparisons = new ArrayList<>();
        for (Path jdk : jdks()) {
            int version = version(jdk);
            comparisons.add(new Comparison(
                    "start-jdk" + version,
                    "ms",
                    false,
                    List.of(Contender.of("stowage", () -> millis(bed, jdk))),
                    List.of(Goal.value(version >= NEW ? NEW_GOAL : OLD_GOAL))));
        }
        return comparisons;
    }

    private static double millis(TestBed bed, Path jdk) throws Exception {
        int port = freePort();
        Map<String, String> settings = new HashMap<>(bed.localSettings());
        settings.put("HTTP_PORT", Integer.toString(port));
        long began = System.nanoTime();
        try (Server service = bed.servers().launching("start", settings, jdk, port)) {
            awaitAnswer(service.address());
            return (System.nanoTime() - began) / 1e6;
        }
    }

    private static void awaitAnswer(InetSocketAddress address) throws InterruptedException {
        for (int i = 0; i < 30_000; i++) {
            try (Http connection = new Http(address)) {
                connection.request("GET", "/healthz");
                return;
            } catch (IOException notYet) {
                Thread.sleep(2);
            }
        }
        throw new IllegalStateException("no response");
    }

    /** The JDKs in the usual folder, one of each version. */
    private static List<Path> jdks() throws IOException {
        Map<Integer, Path> found = new TreeMap<>();
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib/jvm"))) {
            for (Path folder : folders.filter(folder -> Files.exists(folder.resolve("release")))
                    .toList()) {
                found.putIfAbsent(version(folder), folder.toRealPath());
            }
        }
        return List.copyOf(found.values());
    }

    private static int version(Path jdk) throws IOException {
        return Files.readString(jdk.resolve("release"))
                .lines()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> Integer.parseInt(line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1")))
                .findFirst()
                .orElse(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
