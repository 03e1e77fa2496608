package dev.stowage.sftp;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists objects page by page. A token holds the escaped text from which on the next page begins. */
final class Listing {

    private static final String SLASH = "/";

    private final SftpFiles files;
    private final ListQuery query;
    private final PageToken tokens;
    private final String start;

    /** @throws InvalidInput when the token is not valid */
    Listing(SftpFiles files, ListQuery query) {
        this.files = files;
        this.query = query;
        this.tokens = new PageToken(
                "objects", query.prefix().value(), query.delimiter().orElse(""));
        this.start = query.token().map(tokens::decode).orElse("");
    }

    ObjectPage page(Remote remote) throws IOException {
        boolean byFolder = query.delimiter().equals(Optional.of(SLASH));
        TreeWalk walk = new TreeWalk(remote, files.objects(), query.prefix(), start, byFolder, query.maxKeys() + 1);
        List<ObjectKey> keys = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        List<String> commonPrefixes = new ArrayList<>();
        String position = start;
        long unaddressable = 0;
        Optional<String> token = Optional.empty();
        for (Optional<TreeWalk.Found> next = walk.next(); next.isPresent(); next = walk.next()) {
            TreeWalk.Found found = next.get();
            Optional<String> text = KeyTree.unescape(found.text());
            Optional<String> common = text.flatMap(name -> commonPrefix(name, found.folder()));
            boolean valid = text.isPresent() && (common.isPresent() ? isPrefix(common.get()) : isKey(text.get()));
            if (valid && keys.size() + commonPrefixes.size() == query.maxKeys()) {
                token = Optional.of(tokens.encode(position));
                break;
            }
            position = common.map(prefix -> TreeWalk.afterAll(KeyTree.escape(prefix)))
                    .orElseGet(() -> TreeWalk.after(found.text()));
            walk.skipTo(position);
            if (!valid) {
                unaddressable++;
            } else if (common.isPresent()) {
                commonPrefixes.add(common.get());
            } else {
                keys.add(new ObjectKey(text.get()));
                paths.add(found.path());
            }
        }
        List<ObjectSummary> objects = new ArrayList<>();
        List<SftpFiles.Found> headers = files.headers(remote, paths);
        for (int i = 0; i < keys.size(); i++) {
            if (headers.get(i) instanceof SftpFiles.Found.Valid valid) {
                objects.add(valid.header().summary(keys.get(i)));
            } else if (headers.get(i) instanceof SftpFiles.Found.Foreign) {
                unaddressable++;
            }
        }
        return new ObjectPage(objects, commonPrefixes, unaddressable, token);
    }

    /** Returns the prefix that a key is grouped into; empty when it is listed itself. */
    private Optional<String> commonPrefix(String text, boolean folder) {
        if (folder) {
            return Optional.of(text);
        }
        return query.delimiter().flatMap(delimiter -> {
            int at = text.indexOf(delimiter, query.prefix().value().length());
            return at < 0 ? Optional.empty() : Optional.of(text.substring(0, at + delimiter.length()));
        });
    }

    private static boolean isKey(String text) {
        try {
            return new ObjectKey(text).value().equals(text);
        } catch (InvalidInput e) {
            return false;
        }
    }

    private static boolean isPrefix(String text) {
        try {
            return new KeyPrefix(text).value().equals(text);
        } catch (InvalidInput e) {
            return false;
        }
    }
}
