package dev.stowage.worker.job;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files listed in a manifest. The checkpoint is the manifest's version, the number of lines read, and the common prefix of all keys so
 * far. Resuming reads these lines again without adding their items, so that the state of quotes is known.
 */
final class ManifestSource {

    private static final int AT_ONCE = 1000;

    /** Empty lines have no items, but reading them must still be interruptible. */
    private static final int LINES_AT_ONCE = 10_000;

    private final SourceReader reader;
    private final ObjectKey manifest;

    ManifestSource(SourceReader reader, ObjectKey manifest) {
        this.reader = reader;
        this.manifest = manifest;
    }

    /** The position of reading. */
    private record Position(Etag etag, long line, Optional<String> common) {

        static Position parse(String text) {
            String[] fields = text.split("\n", 3);
            return new Position(
                    new Etag(fields[0]),
                    Long.parseLong(fields[1]),
                    Optional.of(fields[2]).filter(field -> !field.isEmpty()).map(field -> field.substring(1)));
        }

        String text() {
            return etag.value() + "\n" + line + "\n"
                    + common.map(text -> "=" + text).orElse("");
        }

        Position after(long nextLine, Optional<String> key) {
            return new Position(
                    etag,
                    nextLine,
                    key.map(text -> common.map(before -> KeyPrefix.common(before, text))
                                    .orElse(text))
                            .or(() -> common));
        }
    }

    /**
     * Reads to the end; empty when it was stopped before.
     *
     * @return the prefix that the target replaces, when it is derived from the keys
     * @throws dev.stowage.core.error.PreconditionFailed when the manifest was replaced while it was read
     * @throws InvalidInput when the common prefix of the keys does not fit the target
     */
    Optional<Optional<KeyPrefix>> read() {
        Optional<Position> before = reader.checkpoint().map(Position::parse);
        Optional<Position> end = reader.read(
                "manifest", manifest, before.map(Position::etag), (info, span, body) -> read(info, body, before));
        return end.isEmpty()
                ? Optional.empty()
                : Optional.of(reader.execution().stripPrefix(end.get().common()));
    }

    private Optional<Position> read(ObjectInfo info, InputStream body, Optional<Position> before) throws IOException {
        ManifestLines lines = ManifestLines.of(body, info);
        Position position = before.orElseGet(() -> new Position(info.etag(), 0, Optional.empty()));
        List<NewItem> items = new ArrayList<>();
        int lineCount = 0;
        for (Optional<ManifestLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            long number = line.get().last();
            if (number <= position.line()) {
                continue;
            }
            Optional<NewItem> item = line.get().item();
            position = position.after(
                    number, item.filter(found -> found.failure().isEmpty()).map(NewItem::key));
            item.ifPresent(items::add);
            if (items.size() == AT_ONCE || ++lineCount % LINES_AT_ONCE == 0) {
                if (!reader.found(items, position.text())) {
                    return Optional.empty();
                }
                items.clear();
            }
        }
        return reader.found(items, position.text()) ? Optional.of(position) : Optional.empty();
    }
}
