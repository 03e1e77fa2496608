package dev.stowage.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;

/** Tells whether a signature was made by one key, by whichever of that key's algorithms the header names. Safe for concurrent use. */
interface SignatureCheck {

    /** Whether {@code signature} is one of {@code signed}; false for whatever is malformed. */
    boolean verify(JWSHeader header, byte[] signed, Base64URL signature);
}
