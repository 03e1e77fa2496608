package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.RunningService;
import dev.stowage.testkit.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard for Grafana, and the alerts for Prometheus. */
class MonitoringIT {

    private static final Path DASHBOARD = Path.of("../deploy/grafana/stowage.json");
    private static final Path ALERTS = Path.of("../deploy/prometheus/stowage.rules.yaml");

    /** The expression of an alert, on one line. */
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.+)$");

    /** Strings, labels, ranges and groupings of a query, and variables of Grafana. */
    private static final Pattern NO_METRICS = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on)\\s*\\([^)]*\\)|\\$\\w+|, *instance\\)");

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*+(?!\\s*\\()");
    /** The metric of Prometheus itself that tells whether a scrape succeeded. */
    private static final String OF_PROMETHEUS = "up";

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless");

    @TempDir
    Path folder;

    @Test
    void everyMetric_isServed() throws Exception {
        Map<String, String> settings =
                Map.of("DATABASE_URL", PostgresServer.shared().newDatabase(), "DATA_DIR_SHARED", "true");
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        try (RunningService service = HostedService.start(folder, settings)) {
            Api api = new Api(service.address());
            api.store("raw/p/a", new byte[10]);
            api.get("/readyz");
            String metrics = api.get("/metrics").text();

            Set<String> queried = metrics(Stream.concat(
                    dashboard.findValuesAsText("expr").stream(), dashboard.findValuesAsText("query").stream()));
            assertThat(queried).hasSizeGreaterThan(20);
            assertThat(served(metrics)).containsAll(queried);

            Set<String> watched = metrics(
                    EXPRESSION.matcher(Files.readString(ALERTS)).results().map(line -> line.group(1)));
            assertThat(watched).hasSizeGreaterThan(10).contains(OF_PROMETHEUS);
            watched.remove(OF_PROMETHEUS);
            assertThat(served(metrics)).containsAll(watched);
            // What an alert tells by its labels.
            assertThat(metrics).contains("uri=\"/readyz\"", "stowage_job_items_total{result=\"failed\"}");
            assertThat(metrics)
                    .containsPattern("stowage_database_connections\\{state=\"idle\"} [1-9]")
                    .contains("stowage_database_connections_max 10.0");
        }
    }

    private static Set<String> metrics(Stream<String> queries) {
        return queries.filter(query -> !query.equals("prometheus"))
                .flatMap(query ->
                        NAME.matcher(NO_METRICS.matcher(query).replaceAll(" ")).results())
                .map(MatchResult::group)
                .filter(name -> !OPERATORS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> served(String metrics) {
        return metrics.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }
}
