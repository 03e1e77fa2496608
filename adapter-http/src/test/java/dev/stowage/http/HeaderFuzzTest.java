package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.http.conditional.RangeRequest;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.digest.DigestHeaders;
import dev.stowage.http.metadata.MetadataHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutates a corpus of header values: each value is accepted, ignored or refused, and never fails in another way. */
class HeaderFuzzTest {

    private static final int ROUNDS = 5_000;
    private static final Etag TAG = new Etag("v1");
    private static final Instant MODIFIED = Instant.parse("2025-11-30T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ranges_areSentWithinTheObjectAndNoByteTwice_orRefused(long seed) {
        mutate("range.txt", seed, text -> {
            long size = Math.abs(text.hashCode() % 2000L);
            try {
                List<ByteSpan> spans = RangeRequest.parse(only("Range", text)).spans(TAG, MODIFIED, size);
                assertThat(spans).allMatch(span -> span.length() > 0 && span.last() < size);
                assertThat(spans.stream().mapToLong(ByteSpan::length).sum()).isLessThanOrEqualTo(size);
            } catch (RangeNotSatisfiable e) {
                assertThat(e.size()).isEqualTo(size);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range"})
    void conditions_areDecidedOrRefused(String name) {
        mutate("conditions.txt", 4, text -> {
            Function<String, List<String>> headers = only(name, text);
            try {
                assertThat(ReadConditions.parse(headers).evaluate(TAG, MODIFIED))
                        .isNotNull();
                RangeRequest.parse(headers).spans(TAG, MODIFIED, 1);
                WriteConditions.parse(headers).decide(new ObjectKey("a"), Optional::empty);
            } catch (InvalidInput | PreconditionFailed refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-MD5", "Content-Digest", "Repr-Digest", "x-amz-checksum-crc32c"})
    void digests_areTakenOrRefused(String name) {
        mutate("digests.txt", 5, text -> {
            try {
                assertThat(new DigestHeaders(List.of(name), only(name, text)).all())
                        .hasSizeLessThan(6);
            } catch (InvalidInput refused) {
                assertThat(refused.detail()).containsEntry("field", name);
            } catch (NotSupported refused) {
                assertThat(refused.getMessage()).contains(name);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void metadata_isTakenOrRefused(long seed) {
        mutate("metadata.txt", seed, text -> {
            try {
                assertThat(MetadataHeaders.parse(List.of("X-Meta-a"), only("X-Meta-a", text))
                                .values())
                        .containsKey("a");
            } catch (InvalidInput refused) {
                assertThat(refused.detail()).containsEntry("field", "metadata");
            }
        });
    }

    private static Function<String, List<String>> only(String name, String value) {
        return asked -> asked.equalsIgnoreCase(name) ? List.of(value) : List.of();
    }

    private static void mutate(String corpus, long seed, Consumer<String> check) {
        List<String> seeds = read(corpus);
        String alphabet = String.join("", seeds) + "\u0000\u00ff\u0100";
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int edits = random.nextInt(6); edits > 0; edits--) {
                edit(text, seeds, alphabet, random);
            }
            String header = text.toString();
            try {
                check.accept(header);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("header <" + header + ">", e);
            }
        }
    }

    private static void edit(StringBuilder text, List<String> seeds, String alphabet, Random random) {
        int at = random.nextInt(text.length() + 1);
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
            case 2 -> text.insert(at, seeds.get(random.nextInt(seeds.size())));
            default -> text.insert(at, text.substring(at));
        }
    }

    private static List<String> read(String corpus) {
        try (InputStream lines = HeaderFuzzTest.class.getResourceAsStream("/fuzz/" + corpus)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
