package dev.stowage.http.jobs;

import dev.stowage.core.error.InvalidInput;

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
            default -> throw InvalidInput.ofField("format", "format must be ndjson or csv");
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
