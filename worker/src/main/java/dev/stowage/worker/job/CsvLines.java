package dev.stowage.worker.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The records of a CSV file (RFC 4180). With a header, the key is in the column named {@code key}, otherwise in the first. A record whose
 * quotes are invalid, or whose number of cells differs from the first, is malformed: its key might be part of another cell.
 *
 * <p>Records are delimited here, so that their length does not affect memory use, and a malformed one ends with
 * its line. Cells are parsed by Jackson.
 */
final class CsvLines implements ManifestLines {

    private static final String KEY = "key";

    private final ManifestInput input;
    private final RecordBuffer buffer = new RecordBuffer();
    private final ObjectReader csv = CsvMapper.builder().build().readerForListOf(String.class);
    private final CsvHeader header;
    private boolean begun;
    private int column;
    private OptionalInt cells = OptionalInt.empty();
    private long first;
    private long last;
    private Optional<String> problem = Optional.empty();

    private enum Place {
        CELL_START,
        PLAIN,
        QUOTED,
        BEHIND_QUOTE,
        BROKEN
    }

    CsvLines(ManifestInput input, CsvHeader header) {
        this.input = input;
        this.header = header;
    }

    @Override
    public Optional<ManifestLine> next() throws IOException {
        if (!readRecord()) {
            return Optional.empty();
        }
        if (buffer.isTooLong()) {
            return Optional.of(malformed("is longer than " + RecordBuffer.MAX_BYTES + " bytes"));
        }
        String text;
        try {
            text = buffer.text();
        } catch (CharacterCodingException e) {
            return Optional.of(malformed("is not UTF-8"));
        }
        if (text.isBlank()) {
            return Optional.of(ManifestLine.empty(last));
        }
        return Optional.of(problem.isPresent() ? malformed(problem.get()) : parse(text));
    }

    /** Returns whether there was another record. */
    private boolean readRecord() throws IOException {
        buffer.clear();
        problem = Optional.empty();
        first = input.line();
        Place place = Place.CELL_START;
        int next = input.read();
        if (next < 0) {
            return false;
        }
        while (next >= 0 && (next != '\n' || place == Place.QUOTED)) {
            buffer.add(next);
            place = behind(place, next);
            next = input.read();
        }
        last = next < 0 ? input.line() : input.line() - 1;
        if (place == Place.QUOTED) {
            problem = Optional.of("opens a quote that is not closed; everything after it belongs to that cell");
        }
        return true;
    }

    private Place behind(Place place, int next) {
        return switch (place) {
            case CELL_START -> next == '"' ? Place.QUOTED : next == ',' ? Place.CELL_START : Place.PLAIN;
            case PLAIN ->
                next == '"'
                        ? invalid("has a quote within a cell that is not quoted")
                        : next == ',' ? Place.CELL_START : Place.PLAIN;
            case QUOTED -> next == '"' ? Place.BEHIND_QUOTE : Place.QUOTED;
            case BEHIND_QUOTE ->
                next == '"' ? Place.QUOTED : next == ',' ? Place.CELL_START : invalid("has text after a closing quote");
            case BROKEN -> Place.BROKEN;
        };
    }

    private Place invalid(String why) {
        problem = Optional.of(why + "; double a quote within a cell, and quote the whole cell");
        return Place.BROKEN;
    }

    private ManifestLine parse(String text) {
        List<String> record;
        try {
            record = csv.readValue(text);
        } catch (JsonProcessingException e) {
            return malformed("is not valid CSV");
        }
        boolean firstRecord = !begun;
        begun = true;
        if (cells.isEmpty()) {
            cells = OptionalInt.of(record.size());
        }
        if (firstRecord && isHeader(record)) {
            return ManifestLine.empty(last);
        }
        return record.size() == cells.getAsInt()
                ? ManifestLine.of(first, last, record.get(column))
                : malformed("has a different number of cells (" + record.size() + ") than the first record ("
                        + cells.getAsInt() + "); quote a cell that contains a comma");
    }

    private boolean isHeader(List<String> record) {
        if (header == CsvHeader.ABSENT) {
            return false;
        }
        int[] columns = IntStream.range(0, record.size())
                .filter(i -> record.get(i).strip().equalsIgnoreCase(KEY))
                .toArray();
        if (columns.length > 1) {
            throw ManifestInput.refused("The header of the manifest has several columns named " + KEY + "; keep one");
        }
        if (columns.length == 0 && header == CsvHeader.PRESENT) {
            throw ManifestInput.refused("The header of the manifest has no column named " + KEY
                    + ", and its content type declares a header");
        }
        column = columns.length == 1 ? columns[0] : 0;
        return columns.length == 1;
    }

    /** When the header can't be parsed, the column of the keys is unknown. */
    private ManifestLine malformed(String why) {
        boolean maybeHeader = !begun
                && header != CsvHeader.ABSENT
                && (header == CsvHeader.PRESENT
                        || buffer.ascii().toLowerCase(Locale.ROOT).contains(KEY));
        if (maybeHeader) {
            throw ManifestInput.refused(
                    "Line " + first + " of the manifest " + why + ", so the column of the keys is unknown");
        }
        begun = true;
        return ManifestLine.malformed(first, last, why);
    }
}
