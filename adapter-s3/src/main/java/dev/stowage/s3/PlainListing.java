package dev.stowage.s3;

import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.EncodingType;

/**
 * Requests a listing with plain keys, and again with URL-encoded keys only where XML can't represent one of them.
 *
 * <p>Always requesting encoded keys would be simpler, but LocalStack compares encoded keys with the page marker, which is not
 * encoded, and so omits keys with a space or a non-ASCII letter from every page but the first.
 */
final class PlainListing {

    private PlainListing() {}

    /**
     * @param request sends the request with an encoding of keys, or with none
     * @return the response to the last request
     */
    static <R> R send(Function<@Nullable EncodingType, R> request) {
        try {
            return request.apply(null);
        } catch (SdkClientException e) {
            if (isUnreadable(e)) {
                return request.apply(EncodingType.URL);
            }
            throw e;
        }
    }

    /** XML 1.0 can't represent most control characters, U+FFFE and U+FFFF. */
    private static boolean isUnreadable(SdkClientException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof XMLStreamException) {
                return true;
            }
        }
        return false;
    }
}
