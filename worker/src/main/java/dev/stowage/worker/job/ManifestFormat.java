package dev.stowage.worker.job;

import dev.stowage.core.object.ObjectInfo;
import java.util.Locale;

/** What a manifest is written in. */
enum ManifestFormat {
    NDJSON,
    CSV,
    /** To be seen from its first line. */
    UNKNOWN;

    /** By its name, else by its content type. */
    static ManifestFormat of(ObjectInfo manifest) {
        String name = manifest.key().filename().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return NDJSON;
        }
        String type = manifest.attributes().contentType().value().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/csv")) {
            return CSV;
        }
        return type.contains("ndjson") || type.contains("jsonl") ? NDJSON : UNKNOWN;
    }

    /** By a line: JSON objects begin with a brace. */
    static ManifestFormat of(String line) {
        return line.stripLeading().startsWith("{") ? NDJSON : CSV;
    }
}
