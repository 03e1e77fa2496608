package dev.stowage.worker.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.stowage.core.job.NewItem;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a manifest, each read by itself, so that a bad one spoils no other. NDJSON has an object with a {@code key} on each line, or
 * a text; CSV (RFC 4180) has the key in the column named {@code key}, or the first.
 */
final class ManifestLines {

    /** A key takes up to 6 KiB when every byte of it is escaped; other columns may be long. */
    private static final int MAX_LINE = 64 << 10;

    private static final String KEY = "key";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream bytes;
    private final ObjectReader json = JsonMapper.builder().build().reader();
    private final ObjectReader csv = CsvMapper.builder().build().readerForListOf(String.class);
    private ManifestFormat format;
    private int column;
    private long number;
    private boolean tooLong;
    private boolean content;

    ManifestLines(InputStream bytes, ManifestFormat format) {
        this.bytes = new BufferedInputStream(bytes, MAX_LINE);
        this.format = format;
    }

    /** The next line; empty at the end. */
    Optional<ManifestLine> next() throws IOException {
        Optional<byte[]> line = nextBytes();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        number++;
        return Optional.of(new ManifestLine(number, item(line.get())));
    }

    private Optional<NewItem> item(byte[] line) {
        if (tooLong) {
            return malformed("is longer than " + MAX_LINE + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return item(text);
        } catch (CharacterCodingException e) {
            return malformed("is not UTF-8");
        }
    }

    private Optional<NewItem> item(String line) {
        String text = number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1) : line;
        if (text.isBlank()) {
            return Optional.empty();
        }
        boolean first = !content;
        content = true;
        if (format == ManifestFormat.UNKNOWN) {
            format = ManifestFormat.of(text);
        }
        try {
            return format == ManifestFormat.NDJSON ? fromJson(text) : fromCsv(text, first);
        } catch (JsonProcessingException e) {
            return malformed(format == ManifestFormat.NDJSON ? "is no JSON" : "is no CSV");
        }
    }

    private Optional<NewItem> fromJson(String line) throws JsonProcessingException {
        JsonNode value = json.readTree(line);
        JsonNode key = value.isTextual() ? value : value.path(KEY);
        return key.isTextual()
                ? Optional.of(ManifestSource.item(number, key.textValue()))
                : malformed("has no text in the field key");
    }

    private Optional<NewItem> fromCsv(String line, boolean first) throws JsonProcessingException {
        List<String> cells = csv.readValue(line);
        if (first) {
            for (int i = 0; i < cells.size(); i++) {
                if (cells.get(i).strip().equalsIgnoreCase(KEY)) {
                    column = i;
                    return Optional.empty();
                }
            }
        }
        return column < cells.size()
                ? Optional.of(ManifestSource.item(number, cells.get(column)))
                : malformed("has no column " + (column + 1));
    }

    private Optional<NewItem> malformed(String why) {
        return Optional.of(ManifestSource.malformed(number, why));
    }

    /** A line without its end; what is over the limit is passed over. */
    private Optional<byte[]> nextBytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        tooLong = false;
        int next = bytes.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (line.size() < MAX_LINE) {
                line.write(next);
            } else {
                tooLong = true;
            }
            next = bytes.read();
        }
        byte[] read = line.toByteArray();
        boolean carriageReturn = read.length > 0 && read[read.length - 1] == '\r';
        return Optional.of(carriageReturn ? Arrays.copyOf(read, read.length - 1) : read);
    }
}
