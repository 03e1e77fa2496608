package dev.stowage.http.form;

import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.exchange.ClientStream;
import dev.stowage.http.exchange.RequestBody;
import dev.stowage.http.exchange.RequestHeaders;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Opens the form in a request. */
final class FormRequest {

    /** An upper bound of everything but the file in a form: fields, headers, preamble. In bytes. */
    private static final long MAX_OVERHEAD = 1 << 20;

    private FormRequest() {}

    /**
     * Starts reading a form with one file. If the length of the form shows that the file is too large, nothing is read, and a client that
     * waits for {@code 100 Continue} (RFC 9110, section 10.1.1) does not send it.
     *
     * @param maxParts the maximum number of parts
     * @param maxFileSize the limit of the file's size, in bytes
     * @throws PayloadTooLarge when the file must be larger than the limit
     * @throws RequestException 415 when the body is not a multipart form, or has a content coding
     * @throws dev.stowage.core.error.InvalidInput when its boundary is missing or invalid
     */
    static FormReader open(Context ctx, int maxParts, long maxFileSize) {
        Boundary boundary = boundary(ctx);
        if (ctx.req().getContentLengthLong() - MAX_OVERHEAD > maxFileSize) {
            throw new PayloadTooLarge(maxFileSize);
        }
        return new FormReader(new ClientStream(ctx.req()), boundary, maxParts);
    }

    /**
     * Starts reading a form of any length.
     *
     * @param maxParts the maximum number of parts
     * @throws RequestException as for a form with one file
     * @throws dev.stowage.core.error.InvalidInput as for a form with one file
     */
    static FormReader open(Context ctx, int maxParts) {
        Boundary boundary = boundary(ctx);
        return new FormReader(new ClientStream(ctx.req()), boundary, maxParts);
    }

    /**
     * Reads a form without a file, {@code multipart/form-data} or urlencoded.
     *
     * @param limits the known fields, with the maximum size of each in bytes
     * @throws RequestException 415 when the body has another type
     * @throws dev.stowage.core.error.InvalidInput when it is malformed or has unknown fields
     */
    static FormFields fields(Context ctx, Map<String, Integer> limits) throws IOException {
        FormFields fields = new FormFields(limits);
        if (UrlencodedForm.isType(RequestHeaders.contentType(ctx))) {
            refuseDigests(ctx);
            RequestBody.refuseCoding(ctx.req());
            UrlencodedForm.read(new ClientStream(ctx.req()), fields);
            return fields;
        }
        FormReader reader = open(ctx, limits.size() + 1);
        for (Optional<FormPart> part = reader.next(); part.isPresent(); part = reader.next()) {
            fields.read(part.get());
        }
        return fields;
    }

    /** Refuses digests of the whole form: its file may be stored before the form has ended and its digest is known. */
    private static void refuseDigests(Context ctx) {
        RequestHeaders.digests(ctx).refuseAll("Send the digest of a file as a header of its form part,");
    }

    private static Boundary boundary(Context ctx) {
        refuseDigests(ctx);
        RequestBody.refuseCoding(ctx.req());
        return Boundary.of(RequestHeaders.contentType(ctx))
                .orElseThrow(() ->
                        RequestException.unsupportedMediaType("Send the fields and the file as multipart/form-data"));
    }
}
