package dev.stowage.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A token split into its parts (RFC 7515, section 7.1). Only the header is parsed: the payload must not be used before the signature is
 * verified.
 */
final class SignedToken {

    /** The maximum length of a token, in characters; longer ones are refused without parsing. */
    static final int LONGEST = 16 << 10;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++");

    /**
     * The types of tokens that grant access (RFC 7519, section 5.1, and RFC 9068, section 2.1); an issuer signs other types with the same
     * keys.
     */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final JWSHeader header;
    private final byte[] signed;
    private final String payload;
    private final Base64URL signature;

    private SignedToken(JWSHeader header, byte[] signed, String payload, Base64URL signature) {
        this.header = header;
        this.signed = signed;
        this.payload = payload;
        this.signature = signature;
    }

    /** Whether {@code text} may be a signed token: three parts of base64url characters. An encrypted one has five. */
    static boolean resembles(String text) {
        return text.length() <= LONGEST && SHAPE.matcher(text).matches();
    }

    /** @param text that {@linkplain #resembles resembles} a token */
    static SignedToken parse(String text) throws RefusedToken {
        int first = text.indexOf('.');
        int last = text.lastIndexOf('.');
        JWSHeader header = header(decode(text.substring(0, first)));
        String signature = text.substring(last + 1);
        decode(signature);
        return new SignedToken(
                header,
                text.substring(0, last).getBytes(StandardCharsets.US_ASCII),
                decode(text.substring(first + 1, last)),
                new Base64URL(signature));
    }

    JWSHeader header() {
        return header;
    }

    /** The id of the key that the header names. */
    Optional<String> keyId() {
        return Optional.ofNullable(header.getKeyID());
    }

    /** Whether {@code check} accepts the signature. */
    boolean passes(SignatureCheck check) {
        return check.verify(header, signed, signature);
    }

    /** Parses the claims. Call it only after the signature was verified. */
    Map<String, Object> claims() throws RefusedToken {
        try {
            return JsonObjects.object(payload);
        } catch (ParseException e) {
            throw new RefusedToken("its payload is not a JSON object");
        }
    }

    private static JWSHeader header(String json) throws RefusedToken {
        JWSHeader header = parseHeader(json);
        // Refuses critical extensions (RFC 7515, section 4.1.11) and unencoded payloads, which tokens do not have (RFC
        // 7797).
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            throw new RefusedToken("its header requires an unsupported extension");
        }
        if (header.getType() != null
                && !TYPES.contains(header.getType().getType().toLowerCase(Locale.ROOT))) {
            throw new RefusedToken("its typ is not that of an access token");
        }
        return header;
    }

    private static JWSHeader parseHeader(String json) throws RefusedToken {
        try {
            return JWSHeader.parse(json);
        } catch (ParseException | RuntimeException e) {
            // The library's builders throw various exceptions for names and values that are not allowed in a header.
            throw new RefusedToken("its header is not that of a signed token");
        }
    }

    /** Decodes base64url and refuses non-canonical encodings (RFC 4648, section 3.5), so that a token has only one accepted form. */
    private static String decode(String part) throws RefusedToken {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw new RefusedToken("it is not valid base64url");
    }
}
