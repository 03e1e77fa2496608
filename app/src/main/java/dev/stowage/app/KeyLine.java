package dev.stowage.app;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.apikey.ApiKeyManagement;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints API keys. */
final class KeyLine {

    private static final String FORMAT = "%-12s  %-20s  %-8s  %-20s  %-20s  %-3s  %-26s  %s";

    static final String HEAD =
            String.format(Locale.ROOT, FORMAT, "ID", "NAME", "STATE", "EXPIRES", "LAST USE", "S3", "ACTIONS", "FILES");

    private KeyLine() {}

    /** Formats a key as a line of a list. */
    static String of(ApiKey key, Instant now) {
        return String.format(
                Locale.ROOT,
                FORMAT,
                key.id(),
                key.name(),
                key.state(now).id(),
                time(key.expiresAt(), "never"),
                time(key.usedAt(), "-"),
                key.s3() ? "yes" : "-",
                actions(key.rights()),
                files(key.rights()));
    }

    /** Prints a new key, and its S3 key pair as environment variables. */
    static void print(PrintWriter out, ApiKeyManagement.NewKey issued) {
        out.println(issued.text().value());
        issued.s3Secret().ifPresent(secret -> {
            out.println("AWS_ACCESS_KEY_ID=" + issued.key().id());
            out.println("AWS_SECRET_ACCESS_KEY=" + secret.value());
        });
    }

    private static String time(Optional<Instant> time, String none) {
        return time.map(instant -> instant.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(none);
    }

    private static String actions(Rights rights) {
        return rights.actions().stream().sorted().map(Action::id).collect(Collectors.joining(","));
    }

    private static String files(Rights rights) {
        return rights.scopes().stream().map(KeyLine::text).sorted().collect(Collectors.joining(" "));
    }

    private static String text(Scope scope) {
        if (scope instanceof Scope.Project project) {
            return "project:" + project.id();
        }
        if (scope instanceof Scope.Under under) {
            return "prefix:" + under.prefix();
        }
        return scope instanceof Scope.Only only ? "key:" + only.key() : "all";
    }
}
