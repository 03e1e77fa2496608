package dev.stowage.sftp;

import dev.stowage.core.adapter.EscapedNames;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.io.IOException;
import java.util.Optional;
import org.apache.sshd.sftp.common.SftpException;

/**
 * Keys as paths below a folder. A segment of a key is a folder with the ending {@code .d}, and the last one has the ending {@code .o}, so
 * that {@code a} and {@code a/b} do not collide, and no segment is {@code ..} or empty. Segments of {@value #CHUNK} characters and more
 * continue in a folder with the ending {@code .c}, as most file systems limit names to 255 bytes. Safe for concurrent use.
 */
final class KeyTree {

    static final String LEAF = ".o";
    static final String FOLDER = ".d";
    static final String CHUNKED = ".c";

    /** The length of a name that continues. It leaves room on file systems that encrypt names. */
    static final int CHUNK = 120;

    /** How often a folder is created that another call removes at the same moment. */
    private static final int ATTEMPTS = 20;

    private static final EscapedNames NAMES = new EscapedNames("\\:*?\"<>|");

    private final String root;

    /** @param root exists, and is never removed */
    KeyTree(String root) {
        this.root = root;
    }

    String root() {
        return root;
    }

    /** The escaped text of a key or a prefix. It sorts by its characters as keys do. */
    static String escape(String text) {
        return NAMES.encode(text);
    }

    /** Returns the text that was escaped; empty when no text is escaped so. */
    static Optional<String> unescape(String escaped) {
        return NAMES.decode(escaped);
    }

    String path(ObjectKey key) {
        return path(escape(key.value()));
    }

    /** Returns the path of the leaf for an escaped key. */
    String path(String escaped) {
        StringBuilder path = new StringBuilder(root);
        String tail = folders(escaped, path);
        return path.append('/').append(tail).append(LEAF).toString();
    }

    /** Returns the folder that contains all keys with a prefix, and the escaped text that all of its keys begin with. */
    Start start(KeyPrefix prefix) {
        String escaped = escape(prefix.value());
        StringBuilder path = new StringBuilder(root);
        String tail = folders(escaped, path);
        return new Start(path.toString(), escaped.substring(0, escaped.length() - tail.length()));
    }

    record Start(String folder, String text) {}

    /** Appends the folders in {@code escaped}, and returns the rest, which is shorter than a chunk. */
    private static String folders(String escaped, StringBuilder path) {
        int begin = 0;
        for (int slash = escaped.indexOf('/'); slash >= 0; slash = escaped.indexOf('/', begin)) {
            begin = chunks(escaped, begin, slash, path);
            path.append('/').append(escaped, begin, slash).append(FOLDER);
            begin = slash + 1;
        }
        return escaped.substring(chunks(escaped, begin, escaped.length(), path));
    }

    private static int chunks(String escaped, int from, int end, StringBuilder path) {
        int begin = from;
        while (end - begin >= CHUNK) {
            path.append('/').append(escaped, begin, begin + CHUNK).append(CHUNKED);
            begin += CHUNK;
        }
        return begin;
    }

    static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** A request that needs the folder of a file. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Runs a request for {@code path}, such as a rename. When its folders are missing, creates them and repeats it.
     *
     * @throws SftpException when it fails, or something other than the folders is missing
     */
    void inFolder(Remote remote, String path, Step request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                request.run();
                return;
            } catch (SftpException e) {
                if (!Failures.isMissing(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                makeFolders(remote, parent(path));
            }
        }
    }

    /** Creates a folder and those above it. When one is removed at the same moment, the caller notices and tries again. */
    private void makeFolders(Remote remote, String folder) throws IOException {
        if (folder.length() <= root.length() || tryMake(remote, folder)) {
            return;
        }
        makeFolders(remote, parent(folder));
        boolean unused = tryMake(remote, folder);
    }

    /** Returns false when the folder above is missing. */
    private static boolean tryMake(Remote remote, String folder) throws IOException {
        try {
            remote.makeFolder(folder);
            return true;
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                return false;
            }
            if (Failures.maybeExists(e)) {
                return true;
            }
            throw e;
        }
    }

    /** Removes the folders above {@code path} that are empty. Failures do not matter, as empty folders contain no keys. */
    void prune(Remote remote, String path) {
        try {
            for (String folder = parent(path); folder.length() > root.length(); folder = parent(folder)) {
                remote.removeFolder(folder);
            }
        } catch (IOException e) {
            // Usually, the folder is not empty.
        }
    }
}
