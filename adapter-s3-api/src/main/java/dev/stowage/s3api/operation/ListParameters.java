package dev.stowage.s3api.operation;

import dev.stowage.core.port.ListQuery;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.QueryText;
import java.util.Optional;

/**
 * The parameters that all kinds of listings share.
 *
 * @param prefix of the names in the bucket
 * @param maxKeys 0 to {@link ListQuery#MAX_KEYS}; as with S3, more are as many
 * @param isEncoded whether names are percent-encoded, so that XML can hold them all
 */
record ListParameters(String prefix, Optional<String> delimiter, int maxKeys, boolean isEncoded) {

    /** @param limit the name of the parameter with the size of a page */
    static ListParameters of(QueryText query, String limit) {
        Optional<String> encoding = query.text("encoding-type");
        encoding.filter(type -> !type.equals("url")).ifPresent(type -> {
            throw S3ErrorException.invalidArgument(
                    "encoding-type", type, "Invalid Encoding Method specified in Request");
        });
        return new ListParameters(
                query.get("prefix").orElse(""),
                query.text("delimiter"),
                query.text(limit).map(text -> number(limit, text)).orElse(ListQuery.MAX_KEYS),
                encoding.isPresent());
    }

    /** Returns a number that is not negative, cut at {@link ListQuery#MAX_KEYS}. */
    static int number(String name, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= Integer.MAX_VALUE) {
                return (int) Math.min(number, ListQuery.MAX_KEYS);
            }
        } catch (NumberFormatException e) {
            throw invalid(name, text);
        }
        throw invalid(name, text);
    }

    private static S3ErrorException invalid(String name, String text) {
        return S3ErrorException.invalidArgument(
                name, text, name + " must be a whole number between 0 and " + Integer.MAX_VALUE);
    }
}
