package dev.stowage.s3api.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request failed in a way that S3 has a code for. Message and details are sent to the client, so they contain neither secrets nor hosts.
 * It is a response and not a defect, and may occur very often, so it has no stack trace.
 */
public final class S3ErrorException extends RuntimeException {

    private final S3ErrorCode code;
    private final transient Map<String, String> details;
    private final transient Map<String, String> headers;

    public S3ErrorException(S3ErrorCode code, String message) {
        this(code, message, Map.of(), Map.of());
    }

    private S3ErrorException(
            S3ErrorCode code, String message, Map<String, String> details, Map<String, String> headers) {
        super(message, null, false, false);
        this.code = code;
        this.details = Collections.unmodifiableMap(details);
        this.headers = Collections.unmodifiableMap(headers);
    }

    /** 400 for an invalid parameter or header. */
    public static S3ErrorException invalidArgument(String name, String value, String message) {
        return new S3ErrorException(S3ErrorCode.INVALID_ARGUMENT, message)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    /** 501 for a header or parameter that asks for something that the service does not have. */
    public static S3ErrorException notImplemented(String what) {
        return new S3ErrorException(
                S3ErrorCode.NOT_IMPLEMENTED, what + " is not implemented; send the request without it");
    }

    /** Returns the same error with one more element in its document. */
    public S3ErrorException with(String element, String text) {
        return new S3ErrorException(code, message(), added(details, element, text), headers);
    }

    /** Returns the same error with a header field that its status requires. */
    public S3ErrorException withHeader(String name, String value) {
        return new S3ErrorException(code, message(), details, added(headers, name, value));
    }

    private static Map<String, String> added(Map<String, String> entries, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(entries);
        all.put(name, value);
        return all;
    }

    /** Returns the code. */
    public S3ErrorCode code() {
        return code;
    }

    /** Returns the text for people. */
    public String message() {
        String message = getMessage();
        return message == null ? code.id() : message;
    }

    /** Returns further elements of the error's document, in order. */
    public Map<String, String> details() {
        return details;
    }

    /** Returns the header fields of the response, by name. */
    public Map<String, String> headers() {
        return headers;
    }
}
