package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.client.Receiver;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What events cost uploads: with a webhook whose receiver is fast, with none, and, where there is a baseline, in a version without events.
 * Each has a service of its own. All events of a round are delivered before the next one begins.
 */
final class Events implements Scenario {

    private static final String PREFIX = "e/";

    /**
     * A store of the service.
     *
     * @param settings of a service that uses it
     */
    private record Store(String name, Map<String, String> settings) {}

    /** Files that are stored in a round. */
    private record Files(String name, long size, int clients, int turns) {

        int count() {
            return clients * turns;
        }

        String unit() {
            return Throughput.unit(size);
        }
    }

    private static final List<Files> FILES = List.of(
            new Files("4kib", 4 << 10, 16, 400), new Files("1mib", MIB, 8, 40), new Files("64mib", 64 * MIB, 4, 4));

    @Override
    public String name() {
        return "events";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        List<Comparison> comparisons = new ArrayList<>();
        for (Store store : stores(bed)) {
            Server nobody = bed.warmed("events-nobody-" + store.name(), store.settings());
            Subscribed subscribed = Subscribed.start(bed, store);
            Optional<Server> baseline = bed.baseline("events-baseline-" + store.name(), store.settings());
            for (Files files : FILES) {
                String name = "events-" + store.name() + "-" + files.name();
                Contender idle = contender(bed, "nobody", nobody, files);
                comparisons.add(comparison(
                        name, files, List.of(subscribed.contender(bed, files), idle), new Goal("nobody", 0.9)));
                if (baseline.isPresent()) {
                    Contender before = contender(bed, "baseline", baseline.get(), files);
                    comparisons.add(
                            comparison(name + "-nobody", files, List.of(idle, before), new Goal("baseline", 0.97)));
                }
            }
        }
        return comparisons;
    }

    /** The third one takes as long as a real store, and is left out where it is not installed. */
    private static List<Store> stores(TestBed bed) throws Exception {
        List<Store> stores = new ArrayList<>();
        stores.add(new Store("local", bed.localSettings()));
        stores.add(new Store("s3", bed.s3Settings()));
        bed.versitygw().ifPresent(server -> stores.add(new Store("versitygw", TestBed.settings(server))));
        return stores;
    }

    private static Comparison comparison(String name, Files files, List<Contender> contenders, Goal goal) {
        return new Comparison(name, files.unit(), true, files.count(), contenders, List.of(goal));
    }

    private static Contender contender(TestBed bed, String name, Server service, Files files) {
        return Contender.of(name, service.usage(), () -> rate(bed, service, files));
    }

    private static double rate(TestBed bed, Server service, Files files) throws Exception {
        double seconds = Crowd.run(
                service.address(),
                files.clients(),
                files.turns(),
                (connection, client, turn) ->
                        connection.put(Paths.put(PREFIX + client + "/" + turn), bed.payload(), files.size()));
        double perSecond = files.count() / seconds;
        return files.size() < MIB ? perSecond : perSecond * files.size() / MIB;
    }

    /** A service with a webhook. */
    private record Subscribed(Server service, Receiver receiver, AtomicLong expected) {

        static Subscribed start(TestBed bed, Store store) throws Exception {
            Map<String, String> settings = new HashMap<>(store.settings());
            settings.put("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1");
            Server service = bed.warmed("events-webhook-" + store.name(), settings);
            Receiver receiver = bed.receiver();
            subscribe(service, receiver);
            return new Subscribed(service, receiver, new AtomicLong());
        }

        private static void subscribe(Server service, Receiver receiver) throws IOException {
            try (Http connection = new Http(service.address())) {
                String unused = connection.json(
                        "POST",
                        "/api/v1/webhooks",
                        "{\"url\":\"" + receiver.url() + "\",\"prefix\":\"" + PREFIX
                                + "\",\"events\":[\"file.created\",\"file.updated\"]}");
            }
        }

        Contender contender(TestBed bed, Files files) {
            return Contender.of("webhook", service.usage(), () -> {
                double rate = rate(bed, service, files);
                // Not measured, except for the processor time.
                receiver.await(expected.addAndGet(files.count()));
                return rate;
            });
        }
    }
}
