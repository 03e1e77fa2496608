package dev.stowage.s3;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The tokens that lead from page to page: the store's own markers, bound to the query they belong to. Many stores take any text for a
 * marker and would answer a foreign token with a page of something else.
 *
 * @param query what the pages are of
 */
record PageToken(List<String> query) {

    private static final int CHECK = 8;
    private static final String SEPARATOR = "\0";

    /** A text for clients that holds the store's {@code markers}. */
    String of(String... markers) {
        byte[] text = String.join(SEPARATOR, markers).getBytes(StandardCharsets.UTF_8);
        byte[] check = check(text);
        byte[] token = Arrays.copyOf(check, CHECK + text.length);
        System.arraycopy(text, 0, token, CHECK, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** @throws InvalidInput when {@code token} was not made for this query */
    String[] markers(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        if (bytes.length <= CHECK) {
            throw foreign();
        }
        byte[] text = Arrays.copyOfRange(bytes, CHECK, bytes.length);
        if (!Arrays.equals(check(text), Arrays.copyOf(bytes, CHECK))) {
            throw foreign();
        }
        return new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1);
    }

    static InvalidInput foreign() {
        return new InvalidInput(
                ErrorCode.INVALID_REQUEST,
                "The continuation_token is none that was given for this listing; start with the first page",
                Map.of("field", "continuation_token"));
    }

    private byte[] check(byte[] text) {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA256.newHasher();
        byte[] about = (String.join(SEPARATOR, query) + SEPARATOR).getBytes(StandardCharsets.UTF_8);
        hasher.update(about, 0, about.length);
        hasher.update(text, 0, text.length);
        return Arrays.copyOf(hasher.finish(), CHECK);
    }
}
