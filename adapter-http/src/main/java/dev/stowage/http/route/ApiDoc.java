package dev.stowage.http.route;

/** Texts that routes share in the OpenAPI document. */
public final class ApiDoc {

    public static final String FILES = "Files";
    public static final String MULTIPART = "Multipart uploads";
    public static final String RESUMABLE = "Resumable uploads";
    public static final String PRESIGNED = "Presigned URLs";
    public static final String JOBS = "Batch jobs";
    public static final String EVENTS = "Events";
    public static final String LINKS = "Links";
    public static final String ACCOUNTS = "Accounts";
    public static final String OPERATIONS = "Operations";

    public static final String KEY =
            "The file's key: the rest of the path, percent-decoded once; %2F and / mean the same";
    public static final String KEY_EXAMPLE = "raw/demo/a.txt";
    public static final String UPLOAD_ID = "The upload's id, as returned when it was created";
    public static final String UPLOAD_ID_EXAMPLE = "7Zk3";
    public static final String RESUMABLE_ID_EXAMPLE = "24e533e02ec3bc40c387f1a0e460e216";
    public static final String JOB_ID_EXAMPLE = "7f1c2a52-3c1b-4a55-9f6e-0d5a2b8c4e11";

    public static final String API_KEY_ID_EXAMPLE = "k3x9m2q7ah4d";

    public static final String LINK_ID_EXAMPLE = "k3x9m2q7ah4d";

    private ApiDoc() {}
}
