package dev.stowage.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;

/** Verifies signatures of one key, with the algorithm in the header. Safe for concurrent use. */
interface SignatureCheck {

    /** Whether {@code signature} is a valid signature of {@code signed}; false when it is malformed. */
    boolean verify(JWSHeader header, byte[] signed, Base64URL signature);
}
