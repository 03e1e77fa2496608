package dev.stowage.core.port;

import dev.stowage.core.object.Etag;
import java.time.Instant;
import java.util.Optional;

/**
 * An archive that the holder of a token can download for some time.
 *
 * @param digest of the token; the token itself is not stored
 * @param owner the id of the principal who requested the archive; empty if the service requires no authentication
 * @param name of the file that a browser saves
 * @param etag of the archive as it was requested
 */
public record SharedArchive(
        String digest, Optional<String> owner, ArchiveSelection selection, String name, Etag etag, Instant expiresAt) {}
