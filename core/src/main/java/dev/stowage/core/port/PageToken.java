package dev.stowage.core.port;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The continuation tokens of a listing, for adapters: where a page ended, with a digest of that and of the query, so that a token of
 * another query, or one that no listing gave, is refused. Many stores take any text for a marker, and would answer a foreign one with a
 * page of something else. A token is not secret, and one that is forged reads no more than a listing does.
 *
 * <p>Safe for concurrent use.
 */
public final class PageToken {

    private static final int DIGEST = 9;

    private final List<String> query;

    /** @param query what is listed, and how; equal for each page of a listing, and different for any two listings */
    public PageToken(String... query) {
        this.query = List.of(query);
    }

    /** The token for the next page, in the characters of base64url. */
    public String encode(String position) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        byte[] token = ByteBuffer.allocate(DIGEST + text.length)
                .put(digest(text))
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * The position that a token of this query was made of.
     *
     * @throws InvalidInput when the token was not made for this query
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
        return new InvalidInput(
                ErrorCode.INVALID_REQUEST,
                "The continuation_token is not valid for this listing; start again without it",
                Map.of("field", "continuation_token"));
    }
}
