package dev.stowage.http.exchange;

import jakarta.servlet.ServletRequest;
import java.io.IOException;

/** Checks again whether the credential of a request is valid. Safe for concurrent use, and fast. */
@FunctionalInterface
public interface CredentialCheck {

    /** @throws IOException when the credential has been revoked or has expired */
    void check() throws IOException;

    /** Makes this the check of a request. */
    default void attach(ServletRequest request) {
        request.setAttribute(CredentialCheck.class.getName(), this);
    }

    /** Returns the check of a request; for a request without a credential it always passes. */
    static CredentialCheck of(ServletRequest request) {
        return request.getAttribute(CredentialCheck.class.getName()) instanceof CredentialCheck check
                ? check
                : () -> {};
    }
}
