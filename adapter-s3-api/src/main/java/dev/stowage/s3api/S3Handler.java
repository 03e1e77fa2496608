package dev.stowage.s3api;

import dev.stowage.s3api.auth.SignatureVerifier;
import dev.stowage.s3api.auth.SignedCall;
import dev.stowage.s3api.bucket.RequestTarget;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.error.S3ErrorMapper;
import dev.stowage.s3api.operation.PostObject;
import dev.stowage.s3api.operation.Reply;
import dev.stowage.s3api.operation.S3Operations;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.RequestHead;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Handles requests: authenticates them by their heads, performs their operations, and writes errors. */
final class S3Handler extends Handler.Abstract {

    private final Optional<String> domain;
    private final SignatureVerifier signatures;
    private final S3Operations operations;
    private final PostObject posts;
    private final Traffic traffic;

    /** @param domain with which host names end that begin with a bucket */
    S3Handler(
            Optional<String> domain,
            SignatureVerifier signatures,
            S3Operations operations,
            PostObject posts,
            Traffic traffic) {
        this.domain = domain;
        this.signatures = signatures;
        this.operations = operations;
        this.posts = posts;
        this.traffic = traffic;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Reply reply = new Reply(response, HttpMethod.HEAD.is(request.getMethod()));
        // The server has set the id that is in every log line of the request.
        reply.header(S3ErrorDocument.REQUEST_ID, id(request, response));
        HttpFields initial = response.getHeaders().asImmutable();
        RequestStream body = new RequestStream(request);
        try {
            perform(request, body, reply);
            callback.succeeded();
        } catch (IOException gone) {
            callback.failed(gone);
        } catch (RuntimeException e) {
            S3ErrorException error = S3ErrorMapper.map(e);
            // An error that was thrown as such is a response, even if its status is that of a failure.
            if (e != error || error.code().status() < 500) {
                traffic.failed(request, error.code(), e);
            }
            if (reply.isCommitted()) {
                // The client must not take what it has for the whole.
                callback.failed(e);
            } else {
                response.getHeaders().clear();
                // Those that the server itself has set are still there.
                initial.forEach(response.getHeaders()::put);
                answer(error, request, response, body, reply, callback);
            }
        }
        return true;
    }

    private void perform(Request request, RequestStream body, Reply reply) throws IOException {
        RequestHead head = head(request);
        RequestTarget target = RequestTarget.of(head, domain);
        if (PostObject.accepts(head, target)) {
            posts.perform(head, target, body, reply, request);
            return;
        }
        SignedCall signed = signatures.authenticate(head);
        traffic.admit(request, signed.caller(), signed.stillValid());
        operations.perform(head, target, signed, body.checkedBy(signed.stillValid()), reply, request);
    }

    private static RequestHead head(Request request) {
        HeaderLines headers = new HeaderLines();
        request.getHeaders()
                .forEach(field -> headers.add(field.getName(), Objects.requireNonNullElse(field.getValue(), "")));
        return RequestHead.of(
                request.getMethod(),
                path(request),
                Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
                headers);
    }

    private static void answer(
            S3ErrorException error,
            Request request,
            Response response,
            RequestStream body,
            Reply reply,
            Callback callback) {
        try {
            boolean more = body.isMoreExpected();
            if (more) {
                reply.header("Connection", "close");
            }
            error.headers().forEach(reply::header);
            reply.bytes(error.code().status(), S3ErrorDocument.of(error, path(request), id(request, response)));
            if (more) {
                body.discard();
            }
            callback.succeeded();
        } catch (IOException | RuntimeException gone) {
            callback.failed(gone);
        }
    }

    private static String path(Request request) {
        return Objects.requireNonNullElse(request.getHttpURI().getPath(), "/");
    }

    private static String id(Request request, Response response) {
        return Objects.requireNonNullElse(response.getHeaders().get("X-Request-Id"), request.getId());
    }
}
