package dev.stowage.local.index;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing. It walks the keys in order. Under a common prefix it looks at a few keys and
 * then seeks past the rest, so the cost of a page depends on what it shows. After a large prefix, the next ones are assumed to be large,
 * and are walked only now and then.
 */
public final class ObjectListing {

    /** Stepping over so many keys costs about as much as seeking past them. */
    private static final int STEPS = 16;

    /** After so many prefixes that were not worth walking, one is walked again. */
    private static final int SEEKS = 16;

    private final ListQuery query;
    private final String prefix;
    private final PageToken token;
    private final List<ObjectSummary> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();

    /** The position at or after which the next key is; null at the end. */
    private @Nullable String position;

    /** @throws InvalidInput when the query's token or delimiter is invalid */
    public ObjectListing(ListQuery query) {
        this.query = query;
        prefix = query.prefix().value();
        String delimiter = query.delimiter().orElse("");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(delimiter)) {
            throw InvalidInput.ofField("delimiter", "The delimiter contains an unpaired surrogate");
        }
        token = new PageToken("objects\n" + prefix + "\n" + delimiter);
        position = query.token().map(token::decode).orElseGet(this::first);
    }

    /** Returns the position of the first wanted key, as {@link #add} does after a key or a common prefix; null at the end. */
    private @Nullable String first() {
        String after = query.startAfter().orElse("");
        if (Utf8Order.compare(after, prefix) < 0) {
            return prefix;
        }
        Optional<String> common = query.delimiter()
                .filter(text -> after.startsWith(prefix))
                .map(text -> after.indexOf(text, prefix.length()) + text.length())
                .filter(end ->
                        end >= prefix.length() + query.delimiter().orElse("").length())
                .map(end -> after.substring(0, end));
        return common.isPresent() ? Utf8Successor.of(common.get()).orElse(null) : after + '\0';
    }

    /** Reads the page. To be called once. */
    public ObjectPage read(Handle handle) {
        if (position != null) {
            try (ObjectScan scan = new ObjectScan(handle)) {
                scan.seek(position);
                walk(scan);
            }
        }
        return new ObjectPage(
                objects, commonPrefixes, Optional.ofNullable(position).map(token::encode));
    }

    private void walk(ObjectScan scan) {
        int seeks = 0;
        int skipped = 0;
        for (String from = position; from != null; from = position) {
            if (!scan.next() || !scan.key().startsWith(prefix)) {
                position = null;
            } else if (isUnderLastPrefix(scan.key())) {
                skipped++;
                if (skipped > STEPS || seeks % SEEKS != 0) {
                    scan.seek(from);
                    seeks++;
                    skipped = 0;
                }
            } else if (objects.size() + commonPrefixes.size() == query.maxKeys()) {
                return;
            } else {
                add(scan);
                skipped = 0;
            }
        }
    }

    private void add(ObjectScan scan) {
        String key = scan.key();
        int delimiter = query.delimiter()
                .map(text -> key.indexOf(text, prefix.length()))
                .orElse(-1);
        if (delimiter < 0) {
            objects.add(scan.object());
            // Keys have no control characters, so this sorts before any other key with this prefix.
            position = key + '\0';
        } else {
            String common =
                    key.substring(0, delimiter + query.delimiter().orElse("").length());
            commonPrefixes.add(common);
            position = Utf8Successor.of(common).orElse(null);
        }
    }

    private boolean isUnderLastPrefix(String key) {
        return !commonPrefixes.isEmpty() && key.startsWith(commonPrefixes.get(commonPrefixes.size() - 1));
    }
}
