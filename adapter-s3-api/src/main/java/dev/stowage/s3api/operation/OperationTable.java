package dev.stowage.s3api.operation;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.RequestHead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The operations by method, by what a request's target is, and by the parameter that selects one of its resources, such as {@code ?acl}.
 * Other parameters select nothing, as with S3.
 */
final class OperationTable {

    /** What a request's target is. */
    enum Level {
        SERVICE,
        BUCKET,
        OBJECT
    }

    /** The parameters that select a resource of a bucket. */
    private static final List<String> OF_BUCKET = List.of(
            "accelerate",
            "acl",
            "analytics",
            "cors",
            "delete",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "lifecycle",
            "location",
            "logging",
            "metadataConfiguration",
            "metadataTable",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "session",
            "tagging",
            "uploads",
            "versioning",
            "versions",
            "website");

    /** The parameters that select a resource of an object; those of parts come first, as they have several. */
    private static final List<String> OF_OBJECT = List.of(
            "uploadId",
            "uploads",
            "acl",
            "attributes",
            "encryption",
            "legal-hold",
            "renameObject",
            "restore",
            "retention",
            "select",
            "tagging",
            "torrent");

    private final Map<Selector, Named> operations = new HashMap<>();

    private record Selector(String method, Level level, String resource) {}

    /** An operation with the name that S3 gives it. */
    record Named(String name, Operation operation) {}

    /** Adds an operation on a target itself. */
    OperationTable add(String name, String method, Level level, Operation operation) {
        return add(name, method, level, "", operation);
    }

    /** Adds an operation on a resource of a target. */
    OperationTable add(String name, String method, Level level, String resource, Operation operation) {
        if (operations.put(new Selector(method, level, resource), new Named(name, operation)) != null) {
            throw new IllegalStateException("two operations for " + method + " " + level + " ?" + resource);
        }
        return this;
    }

    /**
     * Returns the operation of a request.
     *
     * @throws S3ErrorException when there is none
     */
    Named find(RequestHead head, Level level) {
        String resource = resource(head, level).orElse("");
        Named found = operations.get(new Selector(head.method(), level, resource));
        if (found != null) {
            return found;
        }
        if (!resource.isEmpty()) {
            throw S3ErrorException.notImplemented(head.method() + " of ?" + resource);
        }
        throw new S3ErrorException(
                        S3ErrorCode.METHOD_NOT_ALLOWED, "The specified method is not allowed against this resource.")
                .with("Method", head.method())
                .withHeader("Allow", methods(level));
    }

    /** Returns the methods of a target itself, which a refusal has to list (RFC 9110, section 15.5.6). */
    private String methods(Level level) {
        return operations.keySet().stream()
                .filter(selector ->
                        selector.level() == level && selector.resource().isEmpty())
                .map(Selector::method)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> resource(RequestHead head, Level level) {
        List<String> known = level == Level.OBJECT ? OF_OBJECT : level == Level.BUCKET ? OF_BUCKET : List.of();
        return known.stream().filter(head.query()::has).findFirst();
    }
}
