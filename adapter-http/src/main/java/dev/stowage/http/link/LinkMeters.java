package dev.stowage.http.link;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Link;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens to links. Safe for concurrent use. */
final class LinkMeters {

    private final Counter downloads;
    private final Counter uploads;
    private final Counter ended;
    private final Counter notAdmitted;

    LinkMeters(MeterRegistry registry) {
        this.downloads = uses(LinkView.DOWNLOAD, registry);
        this.uploads = uses(LinkView.UPLOAD, registry);
        this.ended = refused("ended", registry);
        this.notAdmitted = refused("password", registry);
    }

    private static Counter uses(String kind, MeterRegistry registry) {
        return Counter.builder("stowage.link.uses")
                .description("Downloads and uploads by links")
                .tag("kind", kind)
                .register(registry);
    }

    private static Counter refused(String reason, MeterRegistry registry) {
        return Counter.builder("stowage.link.refused")
                .description("Requests for links that have ended or never existed, and wrong passwords")
                .tag("reason", reason)
                .register(registry);
    }

    void used(Link link) {
        (link.target().action() == Action.READ ? downloads : uploads).increment();
    }

    void ended() {
        ended.increment();
    }

    void wrongPassword() {
        notAdmitted.increment();
    }
}
