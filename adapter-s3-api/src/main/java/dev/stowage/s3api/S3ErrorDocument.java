package dev.stowage.s3api;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.xml.XmlDocument;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/** The documents of errors. */
final class S3ErrorDocument {

    /** The header field with the id of a request, for people who ask for help. */
    static final String REQUEST_ID = "x-amz-request-id";

    private S3ErrorDocument() {}

    static byte[] of(S3ErrorException error, String path, String requestId) {
        return XmlDocument.plain("Error", document -> {
            document.text("Code", error.code().id()).text("Message", error.message());
            error.details().forEach(document::text);
            document.text("Resource", path).text("RequestId", requestId).text("HostId", "stowage");
        });
    }

    /** Returns the document of an error of the server itself, and sets the header fields that describe it. */
    static byte[] ofServer(Response response, int status, String message, String path, String requestId) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        response.getHeaders().put(REQUEST_ID, requestId);
        return of(new S3ErrorException(code(status), message), path, requestId);
    }

    private static S3ErrorCode code(int status) {
        return switch (status) {
            case 403 -> S3ErrorCode.ACCESS_DENIED;
            case 408 -> S3ErrorCode.REQUEST_TIMEOUT;
            case 411 -> S3ErrorCode.MISSING_CONTENT_LENGTH;
            case 414, 431 -> S3ErrorCode.REQUEST_HEADER_TOO_LARGE;
            case 503 -> S3ErrorCode.SERVICE_UNAVAILABLE;
            case 500 -> S3ErrorCode.INTERNAL_ERROR;
            default -> S3ErrorCode.BAD_REQUEST;
        };
    }
}
