package dev.stowage.bench.client;

import dev.stowage.bench.measure.Statistics;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Concurrent clients that do the same, each with its own thread and connection. */
public final class Crowd {

    private Crowd() {}

    /** One turn of a client. */
    @FunctionalInterface
    public interface Act {

        /** @param client its number, from 0 */
        void run(Http connection, int client, int turn) throws Exception;
    }

    /** One turn of a client without a connection. */
    @FunctionalInterface
    public interface OwnAct {
        void run(int client, int turn) throws Exception;
    }

    /** Runs {@code clients} for {@code turns} each, and returns the seconds from the first start to the last end. */
    public static double run(InetSocketAddress server, int clients, int turns, Act act) throws Exception {
        return run(List.of(server), clients, turns, act);
    }

    /** The same with clients that are spread over several servers. */
    public static double run(List<InetSocketAddress> servers, int clients, int turns, Act act) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int client = i;
            tasks.add(() -> {
                try (Http connection = new Http(servers.get(client % servers.size()))) {
                    for (int turn = 0; turn < turns; turn++) {
                        act.run(connection, client, turn);
                    }
                }
                return null;
            });
        }
        return all(tasks);
    }

    /** The same without connections. */
    public static double run(int clients, int turns, OwnAct act) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int client = i;
            tasks.add(() -> {
                for (int turn = 0; turn < turns; turn++) {
                    act.run(client, turn);
                }
                return null;
            });
        }
        return all(tasks);
    }

    /** Runs one client for some turns, and returns the 99th percentile of their times, in milliseconds. */
    public static double percentile99(InetSocketAddress server, int turns, Act act) throws Exception {
        List<Double> times = Collections.synchronizedList(new ArrayList<>());
        run(server, 1, turns, (connection, client, turn) -> {
            long began = System.nanoTime();
            act.run(connection, client, turn);
            times.add((System.nanoTime() - began) / 1e6);
        });
        return Statistics.percentile(times, 0.99);
    }

    private static double all(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            long began = System.nanoTime();
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
            return (System.nanoTime() - began) / 1e9;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            threads.shutdownNow();
        }
    }
}
