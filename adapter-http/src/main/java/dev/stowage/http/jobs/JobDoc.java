package dev.stowage.http.jobs;

/** Texts that the routes share in the OpenAPI document. */
final class JobDoc {

    static final String ID = "7f1c2a52-3c1b-4a55-9f6e-0d5a2b8c4e11";
    static final String NDJSON = "{\"key\":\"raw/demo/a.txt\",\"state\":\"failed\",\"attempts\":1,"
            + "\"error\":\"FileNotFound\",\"message\":\"No file at raw/demo/a.txt\"}";
    static final String CSV = "key,state,attempts,error,message";
    static final String EVENT = "id: 42";
    static final String AT = "2025-11-30T12:00:00Z";

    private JobDoc() {}
}
