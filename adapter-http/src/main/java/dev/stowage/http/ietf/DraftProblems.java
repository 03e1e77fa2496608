package dev.stowage.http.ietf;

import dev.stowage.core.error.Conflict;
import dev.stowage.http.error.Problem;
import dev.stowage.http.error.RequestException;
import java.util.Map;

/** The problem types of the draft. */
final class DraftProblems {

    private static final String TYPES = "https://iana.org/assignments/http-problem-types#";

    /** The example of {@link #mismatchingOffset} in the OpenAPI document. */
    static final String MISMATCHING_OFFSET = "{\"type\":\"" + TYPES + "mismatching-upload-offset\","
            + "\"title\":\"offset from request does not match offset of resource\","
            + "\"expected-offset\":8388608,\"provided-offset\":0,\"error\":\"Conflict\","
            + "\"message\":\"The upload is at byte 8388608, not 0; resume there\",\"detail\":{\"offset\":8388608,\"offset_sent\":0},"
            + "\"request_id\":\"0b6f2a1e-5d0c-4f4e-9d6c-1f0f5d2f8c11\"}";

    /** The example of {@link #inconsistentLength} in the OpenAPI document. */
    static final String INCONSISTENT_LENGTH = "{\"type\":\"" + TYPES + "inconsistent-upload-length\","
            + "\"title\":\"inconsistent length values for upload\",\"error\":\"InvalidRequest\","
            + "\"message\":\"The file's size differs from the size sent before\",\"detail\":{},"
            + "\"request_id\":\"0b6f2a1e-5d0c-4f4e-9d6c-1f0f5d2f8c11\"}";

    private DraftProblems() {}

    /** 409: the upload is at another offset. */
    static Problem mismatchingOffset(Problem problem, Conflict conflict) {
        Object actual = conflict.detail().getOrDefault("offset", 0L);
        return problem.withHeader(DraftHeaders.OFFSET, actual.toString())
                .withMembers(Map.of(
                        "type",
                        TYPES + "mismatching-upload-offset",
                        "title",
                        "offset from request does not match offset of resource",
                        "expected-offset",
                        actual,
                        "provided-offset",
                        conflict.detail().getOrDefault("offset_sent", 0L)));
    }

    /** 400: the file's size differs from the size sent before. */
    static RequestException inconsistentLength() {
        return new RequestException(
                new Problem(400, "InvalidRequest", "The file's size differs from the size sent before")
                        .withMembers(Map.of(
                                "type",
                                TYPES + "inconsistent-upload-length",
                                "title",
                                "inconsistent length values for upload")));
    }

    /** 400: the upload is already complete. */
    static RequestException completedUpload() {
        return new RequestException(new Problem(
                        400, "InvalidRequest", "The upload is complete; nothing can be appended to it")
                .withMembers(Map.of("type", TYPES + "completed-upload", "title", "upload is already completed")));
    }
}
