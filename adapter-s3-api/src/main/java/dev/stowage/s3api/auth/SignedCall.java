package dev.stowage.s3api.auth;

import dev.stowage.core.access.Principal;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A request whose caller is known.
 *
 * @param chunkSigner checks the chunks of a body in signed chunks; empty where none are signed, and without authentication
 * @param stillValid asks whether the credential is still valid; safe for concurrent use
 */
public record SignedCall(Principal caller, Optional<ChunkSigner> chunkSigner, BooleanSupplier stillValid) {}
