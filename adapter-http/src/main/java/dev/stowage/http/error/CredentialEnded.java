package dev.stowage.http.error;

import java.io.IOException;

/** The credential of a request was revoked or expired during the request. */
public final class CredentialEnded extends IOException {

    public CredentialEnded() {
        super("the credential is no longer valid");
    }
}
