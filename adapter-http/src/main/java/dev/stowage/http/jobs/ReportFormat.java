package dev.stowage.http.jobs;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;

/** The format of a report. */
enum ReportFormat {
    NDJSON("ndjson", "application/x-ndjson"),
    CSV("csv", "text/csv; charset=utf-8");

    private final String suffix;
    private final String contentType;

    ReportFormat(String suffix, String contentType) {
        this.suffix = suffix;
        this.contentType = contentType;
    }

    static ReportFormat named(String name) {
        return switch (name) {
            case "ndjson" -> NDJSON;
            case "csv" -> CSV;
            default ->
                throw new InvalidInput(
                        ErrorCode.INVALID_REQUEST, "format must be ndjson or csv", Map.of("field", "format"));
        };
    }

    /** The suffix of the report's file name, which is also the name of the format. */
    String suffix() {
        return suffix;
    }

    String contentType() {
        return contentType;
    }
}
