package dev.stowage.s3api.operation;

import dev.stowage.core.file.Files;
import dev.stowage.core.key.PercentEncoding;
import dev.stowage.core.object.CheckedContent;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.s3api.auth.SignatureVerifier;
import dev.stowage.s3api.auth.SignedCall;
import dev.stowage.s3api.body.SentBody;
import dev.stowage.s3api.bucket.Bucket;
import dev.stowage.s3api.bucket.RequestTarget;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.form.FormOpener;
import dev.stowage.s3api.form.PostPolicy;
import dev.stowage.s3api.form.PostedForm;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.RequestHead;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.server.Request;

/**
 * Stores the file of a form that a browser sends. The form brings its own authentication: a policy and its signature. Unlike other
 * requests, it is therefore authenticated by the beginning of its body. Safe for concurrent use.
 */
public final class PostObject {

    private static final String CONTENT_TYPE = "Content-Type";

    /** The fields that are no headers of the object. */
    private static final List<String> OF_THE_FORM = List.of(
            "key",
            "policy",
            "signature",
            "awsaccesskeyid",
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-signature",
            "x-amz-content-sha256",
            "success_action_status",
            "success_action_redirect",
            "redirect",
            "bucket");

    private final Files files;
    private final BucketLookup buckets;
    private final FormOpener forms;
    private final SignatureVerifier signatures;
    private final Traffic traffic;
    private final InstantSource clock;

    PostObject(
            Files files,
            BucketLookup buckets,
            FormOpener forms,
            SignatureVerifier signatures,
            Traffic traffic,
            InstantSource clock) {
        this.files = files;
        this.buckets = buckets;
        this.forms = forms;
        this.signatures = signatures;
        this.traffic = traffic;
        this.clock = clock;
    }

    /** Whether a request is a form for a bucket. */
    public static boolean accepts(RequestHead head, RequestTarget target) {
        return head.method().equals("POST")
                && target.bucket().isPresent()
                && target.object().isEmpty()
                && head.headers()
                        .get(CONTENT_TYPE)
                        .filter(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
                        .isPresent();
    }

    /**
     * Stores the file, and writes the response.
     *
     * @param body as it was sent
     * @throws S3ErrorException for the error of S3 that the client gets
     * @throws dev.stowage.core.error.StorageException likewise, once it is mapped
     * @throws IOException when the client has disconnected
     */
    public void perform(RequestHead head, RequestTarget target, InputStream body, Reply reply, Request request)
            throws IOException {
        traffic.name(request, "PostObject");
        PostedForm form =
                PostedForm.read(forms, body, head.headers().get(CONTENT_TYPE).orElse(""));
        SignedCall signed = signatures.authenticateForm(head, form.fields());
        traffic.admit(request, signed.caller(), signed.stillValid());
        Bucket bucket = buckets.find(target.bucket().orElseThrow(), signed.caller());
        String name = form.objectName();
        Optional<PostPolicy> policy = form.field("policy").map(PostPolicy::parse);
        policy.ifPresent(rules -> rules.check(form, bucket.name(), name, clock.instant()));
        HeaderLines headers = headers(form);
        ObjectAttributes attributes = ObjectHeaders.parse(headers);
        SentBody file = SentBody.ofForm(headers, content(form, policy, signed));
        traffic.upload(request, signed.caller(), () -> {
            ObjectInfo stored = file.read(content -> files.put(
                            signed.caller(),
                            bucket.key(name),
                            content,
                            attributes,
                            Preconditions.NONE,
                            file.expected()))
                    .info();
            answer(form, ObjectUrl.inBucket(request, name), bucket, name, stored, reply);
        });
    }

    /** The length of a file in a form is not known before its end. */
    private static Content content(PostedForm form, Optional<PostPolicy> policy, SignedCall signed) {
        Content file = Content.once(form.file().body(), OptionalLong.empty());
        return CheckedContent.of(file, (size, complete) -> {
            policy.flatMap(PostPolicy::size).ifPresent(limits -> limits.check(size, complete));
            if (complete && !signed.stillValid().getAsBoolean()) {
                throw new S3ErrorException(
                        S3ErrorCode.ACCESS_DENIED, "The access key was revoked or expired during the request");
            }
        });
    }

    /** Returns the fields as the headers of PutObject. */
    private static HeaderLines headers(PostedForm form) {
        HeaderLines headers = new HeaderLines();
        form.fields().forEach((name, value) -> {
            String header = switch (name) {
                case "acl" -> "x-amz-acl";
                case "tagging" -> "x-amz-tagging";
                default -> name;
            };
            if (!OF_THE_FORM.contains(name)) {
                headers.add(header, new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            }
        });
        return headers;
    }

    private static void answer(
            PostedForm form, String location, Bucket bucket, String name, ObjectInfo stored, Reply reply)
            throws IOException {
        reply.header("ETag", stored.etag().quoted());
        Optional<String> page = form.field("success_action_redirect")
                .or(() -> form.field("redirect"))
                .filter(PostObject::isPage);
        if (page.isPresent()) {
            reply.header(
                    "Location",
                    page.get() + (page.get().contains("?") ? "&" : "?") + "bucket="
                            + PercentEncoding.encode(bucket.name())
                            + "&key=" + PercentEncoding.encode(name) + "&etag="
                            + PercentEncoding.encode(stored.etag().quoted()));
            reply.empty(303);
            return;
        }
        reply.header("Location", location);
        switch (form.field("success_action_status").orElse("")) {
            case "200" -> reply.empty(200);
            case "201" ->
                reply.xml(
                        201,
                        "PostResponse",
                        document -> document.text("Location", location)
                                .text("Bucket", bucket.name())
                                .text("Key", name)
                                .text("ETag", stored.etag().quoted()));
            // As with S3, also for any other value.
            default -> reply.empty(204);
        }
    }

    /** A URL that can't be understood is treated as if it was not sent, as with S3. */
    private static boolean isPage(String text) {
        try {
            URI page = new URI(text);
            return page.getHost() != null && ("http".equals(page.getScheme()) || "https".equals(page.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
