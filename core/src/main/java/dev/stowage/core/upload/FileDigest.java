package dev.stowage.core.upload;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Running digests of an upload's bytes, and the expected digests of the whole file. The state is saved at each position from which the
 * upload may be resumed. SHA-256 is always computed, as clients may send their digest with the last request; SHA-512 only if it was
 * announced before the first byte. For one thread.
 */
final class FileDigest {

    private final Sha2 sha256;
    private Optional<Sha2> sha512;
    private final Set<Checksum> expected = new LinkedHashSet<>();
    private boolean begun;

    private FileDigest(Sha2 sha256, Optional<Sha2> sha512) {
        this.sha256 = sha256;
        this.sha512 = sha512;
    }

    /** Returns the digest of no bytes. */
    static FileDigest begin() {
        return new FileDigest(Sha2.sha256(), Optional.empty());
    }

    /** Restores a digest from the result of {@link #save()}. */
    static FileDigest load(byte[] saved) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            FileDigest digest =
                    new FileDigest(Sha2.sha256(), in.readBoolean() ? Optional.of(Sha2.sha512()) : Optional.empty());
            digest.begun = in.readBoolean();
            digest.sha256.load(in);
            if (digest.sha512.isPresent()) {
                digest.sha512.get().load(in);
            }
            for (int left = in.readInt(); left > 0; left--) {
                digest.expected.add(new Checksum(ChecksumAlgorithm.valueOf(in.readUTF()), in.readUTF()));
            }
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException("the digest on record can't be read", e);
        }
    }

    /** Returns the state for {@link #load}. */
    byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(sha512.isPresent());
            out.writeBoolean(begun);
            sha256.save(out);
            if (sha512.isPresent()) {
                sha512.get().save(out);
            }
            out.writeInt(expected.size());
            for (Checksum checksum : expected) {
                out.writeUTF(checksum.algorithm().name());
                out.writeUTF(checksum.base64());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Adds digests that the completed file has to match.
     *
     * @throws NotSupported when none of them can be computed any more
     */
    void expect(List<Checksum> digests) {
        boolean wanted = digests.stream().anyMatch(checksum -> checksum.algorithm() == ChecksumAlgorithm.SHA512);
        if (wanted && !begun && sha512.isEmpty()) {
            sha512 = Optional.of(Sha2.sha512());
        }
        List<Checksum> computed = digests.stream()
                .filter(checksum -> of(checksum.algorithm()).isPresent())
                .toList();
        if (computed.isEmpty() && !digests.isEmpty()) {
            throw new NotSupported(
                    "The digest of the whole file must be sha-256, or sha-512 from the first request on");
        }
        expected.addAll(computed);
    }

    /** Adds bytes to the digest. */
    void update(byte[] bytes, int offset, int length) {
        begun = begun || length > 0;
        sha256.update(bytes, offset, length);
        sha512.ifPresent(digest -> digest.update(bytes, offset, length));
    }

    /**
     * Compares the digests after all bytes were added. The digest can't be updated afterwards.
     *
     * @throws ChecksumMismatch when one of them differs
     */
    void check() {
        for (ChecksumAlgorithm algorithm : List.of(ChecksumAlgorithm.SHA256, ChecksumAlgorithm.SHA512)) {
            List<Checksum> wanted = expected.stream()
                    .filter(checksum -> checksum.algorithm() == algorithm)
                    .toList();
            if (wanted.isEmpty()) {
                continue;
            }
            Checksum actual = Checksum.of(algorithm, of(algorithm).orElseThrow().finish());
            for (Checksum checksum : wanted) {
                if (!checksum.equals(actual)) {
                    throw ChecksumMismatch.file(algorithm.id(), checksum.base64(), actual.base64());
                }
            }
        }
    }

    private Optional<Sha2> of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> Optional.of(sha256);
            case SHA512 -> sha512;
            default -> Optional.empty();
        };
    }
}
