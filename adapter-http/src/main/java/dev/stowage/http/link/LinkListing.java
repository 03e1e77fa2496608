package dev.stowage.http.link;

import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.util.List;
import java.util.Optional;

/**
 * A page of the files below a link.
 *
 * @param prefix of the link
 * @param folder below the prefix
 * @param folders in that folder, with their paths below the prefix
 * @param next the name after which the next page begins; empty on the last page
 */
record LinkListing(
        KeyPrefix prefix, String folder, List<ObjectSummary> files, List<String> folders, Optional<String> next) {

    private static final int PAGE = 200;

    /**
     * Lists files.
     *
     * @param after the {@link #next} of the previous page
     */
    static LinkListing of(Files files, Principal bearer, KeyPrefix prefix, String folder, Optional<String> after) {
        ListQuery query = new ListQuery(
                new KeyPrefix(prefix.value() + folder),
                Optional.of("/"),
                PAGE,
                Optional.empty(),
                after.map(name -> prefix.value() + name));
        ObjectPage page = files.list(bearer, query);
        // Pages may be empty although more follow.
        while (page.objects().isEmpty()
                && page.commonPrefixes().isEmpty()
                && page.nextToken().isPresent()) {
            page = files.list(bearer, query.after(page.nextToken().get()));
        }
        Optional<String> last = page.nextToken().isPresent() ? Optional.of(last(page)) : Optional.empty();
        int start = prefix.value().length();
        return new LinkListing(
                prefix,
                folder,
                page.objects().stream()
                        .filter(file -> file.key().value().length() > start)
                        .toList(),
                page.commonPrefixes().stream()
                        .map(common -> common.substring(start))
                        .toList(),
                last.map(key -> key.substring(start)));
    }

    boolean isEmpty() {
        return files.isEmpty() && folders.isEmpty();
    }

    /** Returns the name of a file below the link. */
    String name(ObjectSummary file) {
        return file.key().value().substring(prefix.value().length());
    }

    private static String last(ObjectPage page) {
        String file = page.objects().isEmpty()
                ? ""
                : page.objects().get(page.objects().size() - 1).key().value();
        String common = page.commonPrefixes().isEmpty()
                ? ""
                : page.commonPrefixes().get(page.commonPrefixes().size() - 1);
        return Utf8Order.compare(file, common) > 0 ? file : common;
    }
}
