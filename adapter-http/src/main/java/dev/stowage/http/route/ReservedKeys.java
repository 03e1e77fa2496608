package dev.stowage.http.route;

import java.util.Set;

/**
 * The keys whose paths under {@link Routes#FILES} are routes of the service. A file with such a key could not be stored or deleted by its
 * path, so these keys are refused.
 */
public final class ReservedKeys {

    /**
     * The reserved keys, for {@link dev.stowage.core.key.KeyLayout#reserving(Set)}: the paths of routes, whatever their method. A name that
     * ends with a slash is that of a route that takes a key, and reserves all keys under it.
     */
    public static final Set<String> NAMES = Set.of(
            "archive",
            "copy",
            "delete/batch",
            "download/",
            "exists/",
            "list",
            "metadata/",
            "move",
            "multipart/abort",
            "multipart/complete",
            "multipart/create",
            "multipart/list",
            "multipart/list-parts",
            "multipart/presign-part",
            "multipart/status",
            "multipart/upload-part",
            "presigned-url/download",
            "presigned-url/upload",
            "upload",
            "upload/batch");

    private ReservedKeys() {}
}
