package dev.stowage.worker.archive;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.service.ArchiveFormats;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** ZIP, TAR, and TAR compressed by gzip, told apart by their first bytes. */
public final class KnownFormats implements ArchiveFormats {

    private static final int BUFFER = 64 << 10;
    private static final int TAR_RECORD = 512;
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final ExtractLimits limits;

    /** @param limits on each archive */
    public KnownFormats(ExtractLimits limits) {
        this.limits = limits;
    }

    @Override
    public Entries open(ObjectInfo archive, InputStream body) throws IOException {
        ArchiveInput input = new ArchiveInput(body);
        BufferedInputStream bytes = new BufferedInputStream(input, BUFFER);
        byte[] first = peek(bytes);
        ExtractMeter meter = new ExtractMeter(limits, archive.size());
        try {
            if (begins(first, 'P', 'K', 3, 4) || begins(first, 'P', 'K', 5, 6) || begins(first, 'P', 'K', 7, 8)) {
                // Entries that are stored with a data descriptor would have to be held in memory.
                return new ArchiveEntries(
                        new ZipArchiveInputStream(bytes, UTF_8, true, false, true), input, HeaderLimit.none(), meter);
            }
            if (begins(first, 0x1F, 0x8B)) {
                BufferedInputStream plain = new BufferedInputStream(gunzip(bytes), BUFFER);
                if (isTar(peek(plain))) {
                    return tar(plain, input, meter);
                }
            } else if (isTar(first)) {
                return tar(bytes, input, meter);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw input.reason(e);
        }
        throw InvalidInput.ofField(
                "source.keys", "The file at " + archive.key() + " is not a ZIP, TAR or gzip-compressed TAR file");
    }

    private static InputStream gunzip(InputStream bytes) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(bytes)
                .setDecompressConcatenated(true)
                .get();
    }

    private static Entries tar(InputStream bytes, ArchiveInput input, ExtractMeter meter) throws IOException {
        HeaderLimit limited = new HeaderLimit(bytes);
        return new ArchiveEntries(new TarArchiveInputStream(limited, UTF_8), input, limited, meter);
    }

    /** By the signature, or for archives of before POSIX, which have none, by the checksum; an empty archive is all zeros. */
    private static boolean isTar(byte[] first) {
        return first.length == TAR_RECORD
                && (TarArchiveInputStream.matches(first, first.length)
                        || hasChecksum(first)
                        || Arrays.equals(first, new byte[TAR_RECORD]));
    }

    private static boolean hasChecksum(byte[] header) {
        try {
            return TarUtils.verifyCheckSum(header);
        } catch (IllegalArgumentException e) {
            return false; // no number is where the checksum would be
        }
    }

    private static byte[] peek(BufferedInputStream bytes) throws IOException {
        bytes.mark(TAR_RECORD);
        byte[] first = bytes.readNBytes(TAR_RECORD);
        bytes.reset();
        return first;
    }

    private static boolean begins(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
