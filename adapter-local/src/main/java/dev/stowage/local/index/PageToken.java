package dev.stowage.local.index;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Continuation tokens: where a page ended, with a digest of that and of the query it was an answer to, so that a token for
 * another query, or none of ours, is told from a good one. It is no secret; whoever forges one gets a page of a listing.
 */
final class PageToken {

    private static final int DIGEST = 9;

    /** The query, in a form that differs for any two. */
    private final String scope;

    PageToken(String scope) {
        this.scope = scope;
    }

    String encode(String position) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        byte[] token = ByteBuffer.allocate(DIGEST + text.length)
                .put(digest(text))
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** @throws InvalidInput when the token was not given for this query */
    String decode(String token) {
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
        byte[] query = scope.getBytes(StandardCharsets.UTF_8);
        byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(query.length).array();
        sha256.update(length, 0, length.length);
        sha256.update(query, 0, query.length);
        sha256.update(position, 0, position.length);
        return Arrays.copyOf(sha256.finish(), DIGEST);
    }

    private static InvalidInput invalid() {
        return new InvalidInput(
                ErrorCode.INVALID_REQUEST,
                "The continuation_token is not one that this listing gave; begin again without it",
                Map.of("field", "continuation_token"));
    }
}
