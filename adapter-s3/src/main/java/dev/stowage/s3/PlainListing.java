package dev.stowage.s3;

import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.EncodingType;

/**
 * Asks for a listing with its keys as they are, and with URL-encoded keys only where XML can't hold one of them.
 *
 * <p>Always asking for encoded keys would be simpler. But LocalStack compares the encoded keys with the marker of a page, which is not
 * encoded, and so leaves out keys with a space or a letter outside ASCII from every page but the first.
 */
final class PlainListing {

    private PlainListing() {}

    /**
     * @param request sends the request with an encoding of keys, or with none
     * @return the answer to the one or the other
     */
    static <R> R ask(Function<@Nullable EncodingType, R> request) {
        try {
            return request.apply(null);
        } catch (SdkClientException e) {
            if (isUnreadable(e)) {
                return request.apply(EncodingType.URL);
            }
            throw e;
        }
    }

    /** XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF. */
    private static boolean isUnreadable(SdkClientException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof XMLStreamException) {
                return true;
            }
        }
        return false;
    }
}
