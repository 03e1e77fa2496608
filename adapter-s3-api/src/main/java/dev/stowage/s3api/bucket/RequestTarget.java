package dev.stowage.s3api.bucket;

import dev.stowage.s3api.request.RequestHead;
import java.util.Locale;
import java.util.Optional;

/**
 * The bucket and object that a request names, in its path or, with the bucket, in its host.
 *
 * @param object the name of the object in the bucket; empty for the bucket itself
 */
public record RequestTarget(Optional<String> bucket, Optional<String> object) {

    /**
     * Returns the target of a request.
     *
     * @param domain with which the names of hosts end that begin with a bucket; empty when buckets are only in paths
     */
    public static RequestTarget of(RequestHead head, Optional<String> domain) {
        String path = head.path().substring(1);
        Optional<String> ofHost =
                domain.flatMap(name -> bucketOfHost(head.headers().get("Host").orElse(""), name));
        if (ofHost.isPresent()) {
            return new RequestTarget(ofHost, notEmpty(path));
        }
        int slash = path.indexOf('/');
        return slash < 0
                ? new RequestTarget(notEmpty(path), Optional.empty())
                : new RequestTarget(notEmpty(path.substring(0, slash)), notEmpty(path.substring(slash + 1)));
    }

    private static Optional<String> bucketOfHost(String host, String domain) {
        String name = withoutPort(host.strip()).toLowerCase(Locale.ROOT);
        String end = "." + domain;
        return name.endsWith(end) && name.length() > end.length()
                ? Optional.of(name.substring(0, name.length() - end.length()))
                : Optional.empty();
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    private static Optional<String> notEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
