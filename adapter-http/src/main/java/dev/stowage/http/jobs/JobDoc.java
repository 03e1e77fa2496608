package dev.stowage.http.jobs;

/** Texts that the routes share in the OpenAPI document. */
final class JobDoc {

    static final String NDJSON = "{\"key\":\"raw/demo/a.txt\",\"state\":\"failed\",\"attempts\":1,"
            + "\"error\":\"FileNotFound\",\"message\":\"No file at raw/demo/a.txt\"}";
    static final String CSV = "key,state,attempts,error,message";
    static final String EVENT = "id: 42";
    static final String AT = "2025-11-30T12:00:00Z";

    private JobDoc() {}
}
