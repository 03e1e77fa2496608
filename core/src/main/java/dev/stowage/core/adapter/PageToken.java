package dev.stowage.core.adapter;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Continuation tokens of a listing, for adapters. A token holds the position where a page ended and a digest of the position and the query,
 * so that a token of another query, or an invented one, is rejected. Many stores accept any text as a marker and would answer a wrong one
 * with an arbitrary page. A token is not secret; a forged one reads no more than the listing itself does.
 *
 * <p>Safe for concurrent use.
 */
public final class PageToken {

    private static final int DIGEST = 9;

    private final List<String> query;

    /** @param query identifies the listing: equal for all pages of one listing, and different for any two listings */
    public PageToken(String... query) {
        this.query = List.of(query);
    }

    /** Returns the token for the page after {@code position}, in base64url characters. */
    public String encode(String position) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        byte[] token = ByteBuffer.allocate(DIGEST + text.length)
                .put(digest(text))
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * Returns the position in a token of this query.
     *
     * @throws InvalidInput when the token was not created for this query
     */
    public String decode(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        byte[] text = Arrays.copyOfRange(bytes, Math.min(DIGEST, bytes.length), bytes.length);
        String position = new String(text, StandardCharsets.UTF_8);
        if (!encode(position).equals(token)) {
            throw invalid();
        }
        return position;
    }

    private byte[] digest(byte[] position) {
        ChecksumAlgorithm.Hasher sha256 = ChecksumAlgorithm.SHA256.newHasher();
        for (String part : query) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            byte[] length =
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array();
            sha256.update(length, 0, length.length);
            sha256.update(bytes, 0, bytes.length);
        }
        sha256.update(position, 0, position.length);
        return Arrays.copyOf(sha256.finish(), DIGEST);
    }

    private static InvalidInput invalid() {
        return InvalidInput.ofField(
                "continuation_token", "The continuation_token is not valid for this listing; start again without it");
    }
}
