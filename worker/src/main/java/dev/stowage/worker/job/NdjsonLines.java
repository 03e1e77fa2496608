package dev.stowage.worker.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** NDJSON: each line is a string, or an object with a string named {@code key}. A malformed line does not affect the others. */
final class NdjsonLines implements ManifestLines {

    private static final String KEY = "key";

    private final ManifestInput input;
    private final RecordBuffer buffer = new RecordBuffer();
    private final ObjectReader json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    NdjsonLines(ManifestInput input) {
        this.input = input;
    }

    @Override
    public Optional<ManifestLine> next() throws IOException {
        long line = input.line();
        buffer.clear();
        int next = input.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            buffer.add(next);
            next = input.read();
        }
        return Optional.of(parse(line));
    }

    private ManifestLine parse(long line) {
        if (buffer.isTooLong()) {
            return malformed(line, "is longer than " + RecordBuffer.MAX_BYTES + " bytes");
        }
        try {
            String text = buffer.text();
            return text.isBlank() ? ManifestLine.empty(line) : parse(line, text);
        } catch (CharacterCodingException e) {
            return malformed(line, "is not UTF-8");
        }
    }

    private ManifestLine parse(long line, String text) {
        JsonNode value;
        try {
            value = json.readTree(text);
        } catch (JsonProcessingException e) {
            return malformed(line, "is not a single JSON value");
        }
        JsonNode key = value.isTextual() ? value : value.path(KEY);
        return key.isTextual()
                ? ManifestLine.of(line, line, key.textValue())
                : malformed(line, "is neither a string nor an object with a string named " + KEY);
    }

    private static ManifestLine malformed(long line, String why) {
        return ManifestLine.malformed(line, line, why);
    }
}
