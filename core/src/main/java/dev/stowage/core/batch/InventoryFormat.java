package dev.stowage.core.batch;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.ObjectInfo;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The format of an inventory; other jobs recognize it when they read it as a manifest. */
enum InventoryFormat {
    /** RFC 4180, with a header. */
    CSV("text/csv; charset=utf-8; header=present"),
    /** One JSON object on each line. */
    NDJSON("application/x-ndjson");

    private final String type;

    InventoryFormat(String type) {
        this.type = type;
    }

    /**
     * Determined by the extension of the key, else by the type that was asked for; NDJSON by default.
     *
     * @throws dev.stowage.core.error.InvalidInput when the type is of no format, or not that of the extension
     */
    static InventoryFormat of(ObjectKey target, Optional<ContentType> type) {
        Optional<InventoryFormat> named = ofName(target.filename().toLowerCase(Locale.ROOT));
        Optional<InventoryFormat> typed = type.map(InventoryFormat::ofType);
        if (named.isPresent() && typed.isPresent() && !named.equals(typed)) {
            throw SpecRules.invalid(
                    "content_type", "The extension of target.key and target.content_type name different formats");
        }
        return named.or(() -> typed).orElse(NDJSON);
    }

    private static Optional<InventoryFormat> ofName(String name) {
        if (name.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return name.endsWith(".ndjson") || name.endsWith(".jsonl") ? Optional.of(NDJSON) : Optional.empty();
    }

    private static InventoryFormat ofType(ContentType type) {
        String text = type.value().toLowerCase(Locale.ROOT);
        return switch (text.split(";", 2)[0].strip()) {
            case "text/csv" -> CSV;
            case "application/x-ndjson" -> NDJSON;
            default ->
                throw SpecRules.invalid(
                        "content_type", "inventory needs text/csv or application/x-ndjson as target.content_type");
        };
    }

    /** The content type of the inventory. */
    ContentType type() {
        return new ContentType(type);
    }

    /** What comes before the first line; may be empty. */
    String header() {
        return this == CSV ? "key,size,etag,last_modified,content_type\r\n" : "";
    }

    /** The line of a file, with its line end. The time is to the second. */
    String line(ObjectInfo file) {
        String key = file.key().value();
        String etag = file.etag().value();
        String time = file.lastModified().truncatedTo(ChronoUnit.SECONDS).toString();
        String media = file.attributes().contentType().value();
        return this == CSV
                ? cell(key) + "," + file.size() + "," + cell(etag) + "," + time + "," + cell(media) + "\r\n"
                : "{\"key\":" + json(key) + ",\"size\":" + file.size() + ",\"etag\":" + json(etag)
                        + ",\"last_modified\":\"" + time + "\",\"content_type\":" + json(media) + "}\n";
    }

    /** A cell that white space would begin or end is quoted, too, as some programs strip it. */
    private static String cell(String text) {
        boolean plain = text.equals(text.strip())
                && text.chars().noneMatch(c -> c == '"' || c == ',' || Character.isISOControl(c));
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
