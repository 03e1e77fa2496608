package dev.stowage.worker.job;

import dev.stowage.core.object.ObjectInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The format of a manifest, from its name and its content type.
 *
 * @param header whether CSV has a header
 */
record ManifestType(ManifestFormat format, CsvHeader header) {

    private static final Set<String> CSV_TYPES =
            Set.of("text/csv", "application/csv", "text/x-csv", "application/x-csv");
    private static final Set<String> NDJSON_TYPES = Set.of(
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/json-lines",
            "text/x-ndjson",
            "text/jsonl");
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii", "ascii");

    /**
     * Determined by the name, else by the content type. Both are compared case-insensitively.
     *
     * @throws dev.stowage.core.error.InvalidInput when the content type names another charset than UTF-8
     */
    static ManifestType of(ObjectInfo manifest) {
        String name = manifest.key().filename().toLowerCase(Locale.ROOT);
        List<String> type = Arrays.stream(manifest.attributes()
                        .contentType()
                        .value()
                        .toLowerCase(Locale.ROOT)
                        .split(";"))
                .map(String::strip)
                .toList();
        parameter(type, "charset").filter(charset -> !UTF_8.contains(charset)).ifPresent(charset -> {
            throw ManifestInput.refused(
                    "The manifest's content type declares the charset " + charset + "; upload it as UTF-8");
        });
        ManifestFormat format = byName(name);
        return new ManifestType(format == ManifestFormat.UNKNOWN ? byType(type.get(0)) : format, header(type));
    }

    private static ManifestFormat byName(String name) {
        if (name.endsWith(".csv")) {
            return ManifestFormat.CSV;
        }
        return name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".jsonlines")
                ? ManifestFormat.NDJSON
                : ManifestFormat.UNKNOWN;
    }

    private static ManifestFormat byType(String type) {
        if (CSV_TYPES.contains(type)) {
            return ManifestFormat.CSV;
        }
        return NDJSON_TYPES.contains(type) ? ManifestFormat.NDJSON : ManifestFormat.UNKNOWN;
    }

    private static CsvHeader header(List<String> type) {
        String value = parameter(type, "header").orElse("");
        return switch (value) {
            case "present" -> CsvHeader.PRESENT;
            case "absent" -> CsvHeader.ABSENT;
            default -> CsvHeader.UNKNOWN;
        };
    }

    private static Optional<String> parameter(List<String> type, String name) {
        return type.stream()
                .skip(1)
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1).replace("\"", ""))
                .findFirst();
    }
}
