package dev.stowage.http.exchange;

import jakarta.servlet.ServletRequest;
import java.io.IOException;

/** Asks again whether the credential that a request came with is good. Safe for concurrent use, and quick. */
@FunctionalInterface
public interface CredentialCheck {

    /** @throws IOException when the credential was revoked or has expired since */
    void check() throws IOException;

    /** Makes this the check of a request. */
    default void attach(ServletRequest request) {
        request.setAttribute(CredentialCheck.class.getName(), this);
    }

    /** The check of a request; one that always passes when the request came without a credential. */
    static CredentialCheck of(ServletRequest request) {
        return request.getAttribute(CredentialCheck.class.getName()) instanceof CredentialCheck check
                ? check
                : () -> {};
    }
}
