package dev.stowage.s3api.body;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.chunked.ChunkFraming;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the headers of a request say about the digests of its body.
 *
 * @param framing of a body in chunks
 * @param expected the digests that the bytes have to match, one for each algorithm; unmodifiable
 * @param checksum the one in a header {@code x-amz-checksum-…}, which is also in {@code expected}
 * @param signed the SHA-256 that the signature covers, unless it is also the checksum; it is also in {@code expected}
 * @param trailing the algorithm of the checksum that follows in a trailer
 */
record BodyDigests(
        Optional<ChunkFraming> framing,
        List<Checksum> expected,
        Optional<Checksum> checksum,
        Optional<Checksum> signed,
        Optional<ChecksumAlgorithm> trailing) {

    private static final String CONTENT_SHA256 = "x-amz-content-sha256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String STREAMING = "STREAMING-";
    private static final String CHECKSUM = "x-amz-checksum-";
    private static final String SDK_ALGORITHM = "x-amz-sdk-checksum-algorithm";
    private static final String TRAILER = "x-amz-trailer";

    /** Headers that begin like those of checksums. */
    private static final Set<String> NO_CHECKSUMS =
            Set.of("x-amz-checksum-algorithm", "x-amz-checksum-type", "x-amz-checksum-mode");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    BodyDigests {
        expected = List.copyOf(expected);
    }

    /** @throws S3ErrorException when a header is not valid, or they contradict each other */
    static BodyDigests of(HeaderLines headers) {
        Optional<Checksum> checksum = checksum(headers);
        Optional<ChunkFraming> framing = framing(headers);
        Optional<ChecksumAlgorithm> trailing = trailing(headers, framing);
        if (checksum.isPresent() && trailing.isPresent()) {
            throw invalid("Send one checksum, in a header or in a trailer");
        }
        checkAlgorithm(headers, checksum.map(Checksum::algorithm).or(() -> trailing));
        return of(headers, framing, checksum, trailing);
    }

    /** Leaves out checksums of what the request is about, such as the object that an upload is completed to. */
    static BodyDigests withoutChecksum(HeaderLines headers) {
        Optional<ChunkFraming> framing = framing(headers);
        return of(headers, framing, Optional.empty(), trailing(headers, framing));
    }

    private static BodyDigests of(
            HeaderLines headers,
            Optional<ChunkFraming> framing,
            Optional<Checksum> checksum,
            Optional<ChecksumAlgorithm> trailing) {
        Optional<Checksum> signed = framing.isPresent()
                ? Optional.empty()
                : payload(headers.get(CONTENT_SHA256).map(String::strip).orElse(UNSIGNED))
                        .filter(digest -> !checksum.equals(Optional.of(digest)));
        List<Checksum> expected = Stream.of(checksum, md5(headers), signed)
                .flatMap(Optional::stream)
                .toList();
        return new BodyDigests(framing, expected, checksum, signed, trailing);
    }

    private static Optional<ChunkFraming> framing(HeaderLines headers) {
        return headers.get(CONTENT_SHA256).map(String::strip).flatMap(ChunkFraming::of);
    }

    private static Optional<Checksum> payload(String value) {
        if (value.equals(UNSIGNED)) {
            return Optional.empty();
        }
        if (value.startsWith(STREAMING)) {
            throw S3ErrorException.notImplemented(CONTENT_SHA256 + ": " + value);
        }
        if (!SHA256.matcher(value).matches()) {
            throw S3ErrorException.invalidArgument(
                    CONTENT_SHA256, value, CONTENT_SHA256 + " must be UNSIGNED-PAYLOAD, STREAMING-… or a SHA-256");
        }
        return Optional.of(Checksum.of(ChecksumAlgorithm.SHA256, HexFormat.of().parseHex(value)));
    }

    private static Optional<Checksum> md5(HeaderLines headers) {
        try {
            return headers.get("Content-MD5").map(value -> new Checksum(ChecksumAlgorithm.MD5, value.strip()));
        } catch (InvalidInput e) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_DIGEST, "The Content-MD5 must be the MD5 of the body in base64");
        }
    }

    private static Optional<Checksum> checksum(HeaderLines headers) {
        List<String> names = headers.names().stream()
                .filter(name -> name.startsWith(CHECKSUM) && !NO_CHECKSUMS.contains(name))
                .toList();
        if (names.size() > 1) {
            throw invalid("Expecting a single x-amz-checksum- header; send one checksum");
        }
        return names.stream()
                .findFirst()
                .map(name -> checksum(name, headers.get(name).orElse("")));
    }

    private static Checksum checksum(String name, String value) {
        ChecksumAlgorithm algorithm = ChecksumHeader.ofName(name).orElseThrow(() -> unknown(name));
        try {
            return new Checksum(algorithm, value.strip());
        } catch (InvalidInput e) {
            throw ChecksumHeader.mismatch(algorithm);
        }
    }

    private static Optional<ChecksumAlgorithm> trailing(HeaderLines headers, Optional<ChunkFraming> framing) {
        Optional<String> name = headers.get(TRAILER).map(String::strip);
        if (name.isPresent() && framing.filter(ChunkFraming::hasTrailers).isEmpty()) {
            throw invalid(
                    TRAILER + " needs a body with trailers; send " + CONTENT_SHA256 + " with -TRAILER at its end");
        }
        return name.map(trailer -> ChecksumHeader.ofName(trailer).orElseThrow(() -> unknown(trailer)));
    }

    /** SDKs say which algorithm they have used; the checksum may have got lost on the way. */
    private static void checkAlgorithm(HeaderLines headers, Optional<ChecksumAlgorithm> sent) {
        Optional<String> used = headers.get(SDK_ALGORITHM);
        if (used.isPresent() && !used.flatMap(ChecksumHeader::ofId).equals(sent)) {
            throw invalid(SDK_ALGORITHM + " specified, but no corresponding x-amz-checksum-* or x-amz-trailer header");
        }
    }

    private static S3ErrorException unknown(String name) {
        return invalid(
                "There is no checksum " + name + "; send x-amz-checksum-crc32, -crc32c, -crc64nvme, -sha1 or -sha256");
    }

    private static S3ErrorException invalid(String message) {
        return new S3ErrorException(S3ErrorCode.INVALID_REQUEST, message);
    }
}
