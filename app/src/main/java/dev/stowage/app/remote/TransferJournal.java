package dev.stowage.app.remote;

import dev.stowage.client.TransferStore;
import dev.stowage.core.disk.PrivateFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a command has transferred, so that the same command continues after a crash: a file with a line for each step, which is deleted when
 * everything was transferred. What was stored in the service counts only after it was found there again. Thread-safe. It uses a few hundred
 * bytes of memory for each file that an earlier run has transferred.
 */
final class TransferJournal implements TransferStore, AutoCloseable {

    /** As long as the service keeps unfinished uploads. */
    private static final Duration LIFETIME = Duration.ofHours(24);

    private static final String SUFFIX = ".journal";

    private static final char BEGUN = 'b';
    private static final char DONE = 'd';
    private static final char STORED = 't';
    private static final char SAVED = 's';
    private static final char REMOVED = 'r';

    private final Path file;
    private final FileChannel channel;
    private final BufferedWriter writer;
    private final Set<String> begunBefore = new HashSet<>();
    private final Set<String> doneBefore = new HashSet<>();

    /** Transfers by {@link #version}. */
    private final Map<String, String> storedBefore = new HashMap<>();

    private Optional<String> commonPrefix = Optional.empty();
    private final Map<String, String> states = new HashMap<>();

    private TransferJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    }

    /**
     * Opens the journal of a command.
     *
     * @param command the same for each run of the same command: 64 hexadecimal digits
     * @param restart whether to forget earlier runs
     * @throws CommandFailure when the same command is running
     */
    static TransferJournal open(Shell shell, String command, boolean restart) throws IOException {
        Path folder = shell.configFolder().resolve("state");
        PrivateFiles.createFolders(folder);
        deleteOld(folder);
        Path file = folder.resolve(command + SUFFIX);
        PrivateFiles.createIfMissing(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw CommandFailure.failed("The same command is running already; wait for its end");
        }
        TransferJournal journal = new TransferJournal(file, channel);
        if (restart) {
            channel.truncate(0);
        } else {
            journal.read();
            channel.position(channel.size());
            if (channel.size() > 0) {
                // Ends a line that a crash has cut off.
                journal.writer.write('\n');
            }
        }
        return journal;
    }

    private static void deleteOld(Path folder) throws IOException {
        Instant limit = Instant.now().minus(LIFETIME);
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path journal : journals) {
                if (Files.getLastModifiedTime(journal).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(journal);
                }
            }
        }
    }

    private void read() throws IOException {
        try (var lines = Files.lines(file)) {
            lines.forEach(this::read);
        }
    }

    /** Ignores what is not a line of a journal, such as one that a crash has cut off. */
    private void read(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || words[1].length() != Fingerprint.LENGTH) {
            return;
        }
        switch (line.charAt(0)) {
            case BEGUN -> begunBefore.add(words[1]);
            case DONE -> doneBefore.add(words[1]);
            case STORED -> {
                if (words.length == 3 && words[2].indexOf(' ') > 0) {
                    stored(words[1], words[2]);
                }
            }
            case REMOVED -> states.remove(words[1]);
            case SAVED -> {
                if (words.length == 3) {
                    states.put(words[1], words[2]);
                }
            }
            default -> {}
        }
    }

    private void stored(String transfer, String version) {
        storedBefore.put(version, transfer);
        String key = version.substring(version.indexOf(' ') + 1);
        commonPrefix =
                Optional.of(commonPrefix.map(prefix -> common(prefix, key)).orElse(key));
    }

    private static String common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        // Half of a surrogate pair is no text.
        boolean cut = length > 0 && Character.isHighSurrogate(one.charAt(length - 1));
        return one.substring(0, cut ? length - 1 : length);
    }

    /** The number of files that an earlier run has stored in the service, and that were not confirmed. */
    int unconfirmed() {
        return storedBefore.size();
    }

    /** Returns the prefix of the keys of all these files. */
    String commonPrefix() {
        return commonPrefix.orElse("");
    }

    /** Counts a file that an earlier run has stored as done, because it is still there. Does nothing for other files. */
    void confirm(String key, String etag) {
        String transfer = storedBefore.remove(version(key, etag));
        if (transfer != null) {
            doneBefore.add(transfer);
        }
    }

    /** Counts all files that an earlier run has stored as done. */
    void confirmAll() {
        doneBefore.addAll(storedBefore.values());
        storedBefore.clear();
    }

    /** An ETag has no space. */
    private static String version(String key, String etag) {
        return etag + " " + key;
    }

    /** Whether an earlier run has transferred this file. */
    boolean isDone(String transfer) {
        return doneBefore.contains(transfer);
    }

    /** Whether an earlier run may have transferred this file: it was interrupted meanwhile, or the file is not confirmed. */
    boolean isUncertain(String transfer) {
        return begunBefore.contains(transfer) && !doneBefore.contains(transfer);
    }

    int doneBefore() {
        return doneBefore.size();
    }

    void begun(String transfer) throws IOException {
        write(BEGUN + " " + transfer);
    }

    void done(String transfer) throws IOException {
        write(DONE + " " + transfer);
    }

    /** Records a file that the service has stored. */
    void stored(String transfer, String key, String etag) throws IOException {
        write(STORED + " " + transfer + " " + version(key, etag));
    }

    @Override
    public synchronized Optional<String> find(String id) {
        return Optional.ofNullable(states.get(id));
    }

    @Override
    public synchronized void save(String id, String state) throws IOException {
        states.put(id, state);
        write(SAVED + " " + id + " " + state);
    }

    @Override
    public synchronized void remove(String id) throws IOException {
        if (states.remove(id) != null) {
            write(REMOVED + " " + id);
        }
    }

    private synchronized void write(String line) throws IOException {
        writer.write(line);
        writer.write('\n');
        writer.flush();
    }

    /** Deletes the journal, because there is nothing left to continue with. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Leaves no file without a line. */
    @Override
    public synchronized void close() throws IOException {
        if (channel.size() == 0) {
            delete();
        }
        writer.close();
        channel.close();
    }
}
