package dev.stowage.local.index;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing in the making. It walks the keys in order; of those that a common prefix stands for it looks at a few and
 * then seeks past them, so a page costs what it shows, not what lies beneath.
 */
public final class ObjectListing {

    /** Stepping over so many keys is about as dear as seeking past them. */
    private static final int STEPS = 16;

    private final ListQuery query;
    private final String prefix;
    private final PageToken token;
    private final List<ObjectSummary> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();

    /** Where the next key to be looked at is, or lies after; null at the end. */
    private @Nullable String position;

    /** @throws InvalidInput when the query's token or delimiter can't be one */
    public ObjectListing(ListQuery query) {
        this.query = query;
        prefix = query.prefix().value();
        String delimiter = query.delimiter().orElse("");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(delimiter)) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "The delimiter contains an unpaired surrogate",
                    Map.of("field", "delimiter"));
        }
        token = new PageToken("objects\n" + prefix + "\n" + delimiter);
        position = query.token().map(token::decode).orElse(prefix);
    }

    /** Makes the page. Once. */
    public ObjectPage read(Handle handle) {
        boolean more = true;
        while (more && position != null) {
            try (ResultIterator<ObjectSummary> rows = ObjectTable.scan(handle, position)) {
                more = walk(rows);
            }
        }
        return new ObjectPage(
                objects, commonPrefixes, Optional.ofNullable(position).map(token::encode));
    }

    /** Takes rows from the position on. Returns whether there is more to do for this page from the position it came to. */
    private boolean walk(ResultIterator<ObjectSummary> rows) {
        int skipped = 0;
        while (rows.hasNext()) {
            ObjectSummary object = rows.next();
            String key = object.key().value();
            if (!key.startsWith(prefix)) {
                break;
            }
            if (isUnderLastPrefix(key)) {
                if (++skipped > STEPS) {
                    return true;
                }
            } else if (objects.size() + commonPrefixes.size() == query.maxKeys()) {
                return false;
            } else {
                add(object, key);
            }
        }
        position = null;
        return false;
    }

    private void add(ObjectSummary object, String key) {
        int delimiter = query.delimiter()
                .map(text -> key.indexOf(text, prefix.length()))
                .orElse(-1);
        if (delimiter < 0) {
            objects.add(object);
            // No key has a control character, so this comes before any other that begins with this one.
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
