package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.measure.Comparison;
import dev.stowage.bench.measure.Contender;
import dev.stowage.bench.measure.Goal;
import dev.stowage.bench.process.Server;
import java.util.List;
import java.util.Locale;

/** Pages of a thousand out of a million objects in the local store. */
final class Lists implements Scenario {

    private static final int OBJECTS = 1_000_000;
    private static final int DEEP = 500;
    private static final int TURNS = 20;
    private static final double GOAL = 20;

    @Override
    public String name() {
        return "list";
    }

    @Override
    public List<Comparison> prepare(TestBed bed) throws Exception {
        Server service = bed.server("list", () -> Seeds.start(bed, "list", OBJECTS, Lists::key, false));
        String first = Paths.FILES + "list?prefix=raw/";
        return List.of(
                comparison("list-first", service, first),
                comparison("list-page-500", service, page(service, DEEP)),
                comparison("list-delimiter", service, first + "p/&delimiter=/"));
    }

    /** A thousand folders of a thousand. */
    static String key(int number) {
        return String.format(Locale.ROOT, "raw/p/folder-%04d/file-%04d", number / 1000, number % 1000);
    }

    /** The path of a page, found by fetching all pages before it. */
    static String page(Server service, int number) throws Exception {
        String path = Paths.FILES + "list?prefix=raw/";
        try (Http connection = new Http(service.address())) {
            for (int i = 1; i < number; i++) {
                String answer = connection.json("GET", path, "");
                String token = answer.replaceAll("(?s).*\"next_continuation_token\":\"([^\"]+)\".*", "$1");
                path = Paths.FILES + "list?prefix=raw/&continuation_token=" + token;
            }
        }
        return path;
    }

    private static Comparison comparison(String name, Server service, String path) {
        return new Comparison(
                name,
                "ms",
                false,
                List.of(Contender.of("stowage", service.usage(), () -> millis(service, path))),
                List.of(Goal.value(GOAL)));
    }

    static double millis(Server service, String path) throws Exception {
        return 1000
                * Crowd.run(service.address(), 1, TURNS, (connection, client, turn) -> connection.json("GET", path, ""))
                / TURNS;
    }
}
