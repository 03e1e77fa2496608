package dev.stowage.http;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.http.docs.DocsRoutes;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.ops.HealthCheck;
import dev.stowage.http.ops.MeterSetup;
import dev.stowage.http.ops.OpsRoutes;
import dev.stowage.http.ops.Readiness;
import dev.stowage.http.route.RouteGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The operational endpoints: health, readiness, metrics and API documents. */
final class Operations implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterSetup meters = new MeterSetup(registry);
    private final Readiness readiness;
    private final AccessPolicy access;

    Operations(HttpModule.Backing backing, AccessPolicy access, InstantSource clock) {
        this.access = access;
        this.readiness = new Readiness(checks(backing), clock);
    }

    private static List<HealthCheck> checks(HttpModule.Backing backing) {
        Stream<HealthCheck> own = Stream.of(
                new HealthCheck("storage", backing.ports().storage()::check),
                new HealthCheck("database", backing.ports().sessions()::check));
        return Stream.concat(own, backing.checks().stream()).toList();
    }

    /** All meters of the service. */
    MeterRegistry registry() {
        return registry;
    }

    /** Their paths contain no key, so their position in the matching order does not matter. */
    List<RouteGroup> groups(String version, Json json) {
        return List.of(new OpsRoutes(readiness, registry, access, json), new DocsRoutes(version));
    }

    @Override
    public void close() {
        readiness.close();
        meters.close();
        registry.close();
    }
}
