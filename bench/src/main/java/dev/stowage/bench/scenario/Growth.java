package dev.stowage.bench.scenario;

import static dev.stowage.bench.scenario.Paths.MIB;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.measure.Statistics;
import dev.stowage.bench.process.Server;
import dev.stowage.bench.report.Curve;
import dev.stowage.bench.report.Curve.Line;
import dev.stowage.bench.report.Curve.Point;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** How costs grow with the amount of data. */
public enum Growth {
    OBJECTS {
        @Override
        public List<Curve> measure(TestBed bed, PrintStream progress) throws Exception {
            List<Point> first = new ArrayList<>();
            List<Point> deep = new ArrayList<>();
            List<Point> delimiter = new ArrayList<>();
            for (int count : List.of(1_000, 10_000, 100_000, 1_000_000)) {
                String name = "objects-" + count;
                try (Server service = Seeds.start(bed, name, count, Lists::key, false)) {
                    String path = Paths.FILES + "list?prefix=raw/";
                    first.add(new Point(count, warm(service, path)));
                    deep.add(new Point(count, warm(service, Lists.page(service, count / 2000 + 1))));
                    delimiter.add(new Point(count, warm(service, path + "p/&delimiter=/")));
                }
                progress.println(name);
            }
            return List.of(new Curve(
                    "growth-objects",
                    "A page of a listing",
                    "objects under the prefix",
                    "ms",
                    List.of(
                            new Line("first page", first),
                            new Line("middle page", deep),
                            new Line("delimiter", delimiter))));
        }
    },
    SESSIONS {
        @Override
        public List<Curve> measure(TestBed bed, PrintStream progress) throws Exception {
            List<Point> create = new ArrayList<>();
            List<Point> status = new ArrayList<>();
            List<Point> list = new ArrayList<>();
            Server service = bed.local();
            int made = 0;
            for (int count : List.of(1, 10, 100, 1_000, 10_000, 100_000)) {
                Sessions.create(service, made, count);
                made = count;
                create.add(new Point(count, Sessions.createMillis(service)));
                status.add(new Point(count, Sessions.statusMillis(service)));
                list.add(new Point(count, warm(service, Paths.FILES + "multipart/list?max_uploads=100")));
                progress.println(count + " sessions");
            }
            return List.of(new Curve(
                    "growth-sessions",
                    "A request about upload sessions",
                    "open sessions",
                    "ms",
                    List.of(new Line("create", create), new Line("status", status), new Line("list 100", list))));
        }
    },
    ITEMS {
        @Override
        public List<Curve> measure(TestBed bed, PrintStream progress) throws Exception {
            List<Point> delete = new ArrayList<>();
            List<Point> copy = new ArrayList<>();
            for (int count : List.of(1_000, 10_000, 100_000, 1_000_000)) {
                delete.add(new Point(count, Jobs.rate(bed, "growth", count, "delete", "", true)));
                copy.add(new Point(count, Jobs.rate(bed, "growth", count, "copy", Jobs.COPY_TARGET, true)));
                progress.println(count + " items");
            }
            return List.of(new Curve(
                    "growth-items",
                    "A batch job",
                    "items of the job",
                    "items/s",
                    List.of(new Line("delete", delete), new Line("copy", copy))));
        }
    },
    TRANSFERS {
        @Override
        public List<Curve> measure(TestBed bed, PrintStream progress) throws Exception {
            try (Http store = new Http(bed.store().address())) {
                store.put(Paths.bucket("g"), bed.payload(), MIB);
            }
            List<Point> rate = new ArrayList<>();
            List<Point> memory = new ArrayList<>();
            Server service = bed.servers().stowage("transfers", bed.s3Settings(), List.of("-Xmx256m"));
            try (service) {
                for (int clients : List.of(1, 3, 10, 30, 100, 300, 1000)) {
                    int turns = Math.max(1, 2000 / clients);
                    service.usage().forgetPeak();
                    rate.add(new Point(clients, throughput(service, clients, turns)));
                    memory.add(new Point(clients, service.usage().peakMiB()));
                    progress.println(clients + " transfers");
                }
            }
            return List.of(
                    new Curve(
                            "growth-transfers",
                            "Downloads of 1 MiB from S3",
                            "downloads at once",
                            "MiB/s",
                            List.of(new Line("all together", rate))),
                    new Curve(
                            "growth-transfers-memory",
                            "Memory with -Xmx256m",
                            "downloads at once",
                            "MiB",
                            List.of(new Line("peak RSS", memory))));
        }
    };

    private static final int ROUNDS = 5;

    /** Measures one amount, and prints the progress. */
    public abstract List<Curve> measure(TestBed bed, PrintStream progress) throws Exception;

    private static double warm(Server service, String path) throws Exception {
        List<Double> rounds = new ArrayList<>();
        for (int i = 0; i < 2 * ROUNDS; i++) {
            double millis = Lists.millis(service, path);
            if (i >= ROUNDS) {
                rounds.add(millis);
            }
        }
        return Statistics.median(rounds);
    }

    private static double throughput(Server service, int clients, int turns) throws Exception {
        Crowd.Act act = (connection, client, turn) -> connection.request("GET", Paths.download("g"));
        Crowd.run(service.address(), clients, turns, act);
        return clients * turns / Crowd.run(service.address(), clients, turns, act);
    }
}
