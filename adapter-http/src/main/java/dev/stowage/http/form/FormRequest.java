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

/** Opens the form that a request brings. */
final class FormRequest {

    /** More than all that stands around one file in a form of ours: fields, headers, preamble. In bytes. */
    private static final long MAX_OVERHEAD = 1 << 20;

    private FormRequest() {}

    /**
     * Begins to read a form with one file, unless its length leaves no doubt that this is too large: then none of it is read, and a
     * client that waits for {@code 100 Continue} (RFC 9110, section 10.1.1) does not send it.
     *
     * @param maxParts the most parts it may have
     * @param maxFileSize of the one file in it, in bytes
     * @throws PayloadTooLarge when the file must be larger
     * @throws RequestException 415 when the body is no multipart form, or in a content coding
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
     * Begins to read a form of any length.
     *
     * @param maxParts the most parts it may have
     * @throws RequestException as above
     * @throws dev.stowage.core.error.InvalidInput as above
     */
    static FormReader open(Context ctx, int maxParts) {
        Boundary boundary = boundary(ctx);
        return new FormReader(new ClientStream(ctx.req()), boundary, maxParts);
    }

    /**
     * Reads a form without a file, {@code multipart/form-data} or urlencoded.
     *
     * @param limits the fields that are known, with the most bytes each may have
     * @throws RequestException 415 when the body is neither
     * @throws dev.stowage.core.error.InvalidInput when it is malformed or has other fields
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

    /** A form may be stored in part before it has ended, and so before a digest of all of it is known. */
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
