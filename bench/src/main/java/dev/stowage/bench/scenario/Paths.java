package dev.stowage.bench.scenario;

/** Paths in the service and in a bucket. */
final class Paths {

    static final String FILES = "/api/v1/s3/";
    static final long MIB = 1 << 20;

    private Paths() {}

    static String download(String key) {
        return FILES + "download/" + key;
    }

    static String exists(String key) {
        return FILES + "exists/" + key;
    }

    static String metadata(String key) {
        return FILES + "metadata/" + key;
    }

    static String put(String key) {
        return FILES + key;
    }

    static String bucket(String key) {
        return "/" + TestBed.BUCKET + "/" + key;
    }
}
