package dev.stowage.sftp;

import dev.stowage.core.key.KeyPrefix;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.sshd.sftp.common.SftpException;

/**
 * A walk over the keys of a {@link KeyTree} in their order. Servers return the entries of a folder in any order, all of them, so a folder
 * is read as a whole. Only the next entries are kept, and the folder is read again when they are used up. For one thread.
 */
final class TreeWalk {

    /** How often a folder is read while files in it are deleted. */
    private static final int ATTEMPTS = 10;

    /** Greater than all characters of escaped keys. */
    private static final String LAST = "\uffff";

    private static final int MIN_KEPT = 32;

    private final Remote remote;
    private final String prefix;
    private final boolean grouping;
    private final int most;
    private final Deque<Level> levels = new ArrayDeque<>();
    private String from;

    /**
     * @param from the escaped text from which on keys are wanted
     * @param grouping whether to stop at folders below the prefix, instead of walking through them
     * @param most about how many keys are wanted
     */
    TreeWalk(Remote remote, KeyTree tree, KeyPrefix prefix, String from, boolean grouping, int most) {
        this.remote = remote;
        this.prefix = KeyTree.escape(prefix.value());
        this.grouping = grouping;
        this.most = most;
        this.from = from;
        KeyTree.Start start = tree.start(prefix);
        levels.push(new Level(start.folder(), start.text()));
    }

    private TreeWalk(Remote remote, String folder) {
        this.remote = remote;
        this.prefix = "";
        this.grouping = false;
        this.most = MIN_KEPT;
        this.from = "";
        levels.push(new Level(folder, ""));
    }

    /**
     * A key, or a folder with keys.
     *
     * @param text the escaped key; for a folder, the escaped beginning of its keys, which ends with a slash
     */
    record Found(String text, String path, boolean folder) {}

    /** Returns the escaped text from which on keys are wanted after {@code key}. */
    static String after(String key) {
        return key + '\0';
    }

    /** Returns the escaped text from which on keys are wanted after all that begin with {@code text}. */
    static String afterAll(String text) {
        return text + LAST;
    }

    /** Omits the keys before {@code next}, which is not before any key that was returned. */
    void skipTo(String next) {
        from = next;
    }

    Optional<Found> next() throws IOException {
        while (!levels.isEmpty()) {
            Optional<Item> next = levels.peek().next();
            if (next.isEmpty()) {
                levels.pop();
                continue;
            }
            Item item = next.get();
            if (item.isLeaf()) {
                return Optional.of(new Found(item.text, item.path, false));
            }
            if (!grouping || !item.name.endsWith(KeyTree.FOLDER)) {
                levels.push(new Level(item.path, item.text));
            } else if (holdsAny(item.path)) {
                return Optional.of(new Found(item.text, item.path, true));
            }
        }
        return Optional.empty();
    }

    /** Whether there is a key in a folder. Folders without any are left by calls that were interrupted. */
    private boolean holdsAny(String folder) throws IOException {
        boolean[] found = {false};
        visit(folder, () -> {}, entry -> {
            found[0] = entry.name().endsWith(KeyTree.LEAF);
            return !found[0];
        });
        return found[0] || new TreeWalk(remote, folder).next().isPresent();
    }

    /**
     * Passes on the entries of a folder, and none if it is missing: an empty folder may be removed at any time. Some servers also answer
     * that a file is missing when an entry vanishes while they read the folder. It is then read again.
     *
     * @param begin run before each attempt
     */
    private void visit(String folder, Runnable begin, Predicate<FileEntry> visitor) throws IOException {
        for (int attempt = 1; ; attempt++) {
            begin.run();
            try {
                remote.visit(folder, visitor);
                return;
            } catch (SftpException e) {
                if (!Failures.isMissing(e)) {
                    throw e;
                }
                if (!isThere(folder)) {
                    begin.run();
                    return;
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private boolean isThere(String folder) throws IOException {
        try {
            FileEntry unused = remote.stat(folder);
            return true;
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    /** An entry of a folder. Its text is the escaped key, or the beginning of all keys in it. */
    private record Item(String text, String name, String path) {

        boolean isLeaf() {
            return name.endsWith(KeyTree.LEAF);
        }
    }

    private final class Level {

        private final String folder;
        private final String text;
        private final int capacity;
        private final Deque<Item> kept = new ArrayDeque<>();
        private boolean more = true;
        private String last = "";

        Level(String folder, String text) {
            this.folder = folder;
            this.text = text;
            this.capacity = Math.max(MIN_KEPT, most / (levels.size() + 1));
        }

        Optional<Item> next() throws IOException {
            while (true) {
                if (kept.isEmpty() && more) {
                    fill();
                }
                if (kept.isEmpty()) {
                    return Optional.empty();
                }
                Item item = kept.remove();
                last = item.text;
                if (isWanted(item)) {
                    return Optional.of(item);
                }
            }
        }

        private void fill() throws IOException {
            PriorityQueue<Item> least =
                    new PriorityQueue<>(Comparator.comparing(Item::text, Collections.reverseOrder()));
            boolean[] overflow = {false};
            Runnable begin = () -> {
                least.clear();
                overflow[0] = false;
            };
            visit(folder, begin, entry -> {
                Optional<Item> item = item(entry.name());
                if (item.isPresent() && item.get().text.compareTo(last) > 0 && isWanted(item.get())) {
                    least.add(item.get());
                    if (least.size() > capacity) {
                        least.remove();
                        overflow[0] = true;
                    }
                }
                return true;
            });
            more = overflow[0];
            while (!least.isEmpty()) {
                kept.push(least.remove());
            }
        }

        private Optional<Item> item(String name) {
            if (name.length() < KeyTree.LEAF.length()) {
                return Optional.empty();
            }
            String tail = name.substring(0, name.length() - KeyTree.LEAF.length());
            String path = folder + '/' + name;
            if (name.endsWith(KeyTree.FOLDER)) {
                return Optional.of(new Item(text + tail + '/', name, path));
            }
            return name.endsWith(KeyTree.LEAF) || name.endsWith(KeyTree.CHUNKED)
                    ? Optional.of(new Item(text + tail, name, path))
                    : Optional.empty();
        }

        private boolean isWanted(Item item) {
            return item.isLeaf()
                    ? item.text.compareTo(from) >= 0 && item.text.startsWith(prefix)
                    : afterAll(item.text).compareTo(from) > 0
                            && (item.text.startsWith(prefix) || prefix.startsWith(item.text));
        }
    }
}
