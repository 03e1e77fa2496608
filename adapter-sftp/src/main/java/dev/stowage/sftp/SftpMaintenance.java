package dev.stowage.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.port.Maintenance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.sftp.common.SftpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the temporary files of processes that have ended, and those that this process could not remove. Ends completions that a process
 * has not ended: the upload is open again, unless its object is stored.
 */
final class SftpMaintenance implements Maintenance {

    /** A process renews its folder every 5 minutes, as long as it can reach the server. */
    private static final Duration ENDED = Duration.ofHours(1);

    /** Publishing an object takes a few requests. */
    private static final Duration PUBLISHED = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(SftpMaintenance.class);

    private final SftpFiles files;
    private final String temporary;

    /** When a completion was first seen. Guarded by this. */
    private final Map<String, Instant> seen = new HashMap<>();

    /** @param temporary the folder with those of all processes */
    SftpMaintenance(SftpFiles files, String temporary) {
        this.files = files;
        this.temporary = temporary;
    }

    @Override
    public synchronized Freed sweep() {
        return files.connections().once(Deadline.ofBody(), remote -> {
            endCompletions(remote);
            Freed freed = new Freed(0, 0);
            long now = serverTime(remote);
            for (FileEntry process : entries(remote, temporary)) {
                if (process.name().equals(own())) {
                    freed = plus(freed, sweepOwn(remote));
                } else if (now - lastRenewed(remote, process) > ENDED.toSeconds()) {
                    freed = plus(freed, delete(remote, temporary + '/' + process.name()));
                }
            }
            return freed;
        });
    }

    private String own() {
        return files.workspace().folder().substring(temporary.length() + 1);
    }

    /** Returns the time of the server's clock, in seconds. */
    private long serverTime(Remote remote) throws IOException {
        files.workspace().renew(remote);
        return remote.stat(files.workspace().folder() + '/' + Workspace.ALIVE).modified();
    }

    private long lastRenewed(Remote remote, FileEntry process) throws IOException {
        try {
            return remote.stat(temporary + '/' + process.name() + '/' + Workspace.ALIVE)
                    .modified();
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                return process.modified();
            }
            throw e;
        }
    }

    private Freed sweepOwn(Remote remote) throws IOException {
        Freed freed = new Freed(0, 0);
        for (FileEntry entry : entries(remote, files.workspace().folder())) {
            if (!files.workspace().isInUse(entry.name())) {
                freed = plus(freed, delete(remote, files.workspace().folder(), entry));
            }
        }
        return freed;
    }

    /** Deletes a folder with everything in it. */
    private static Freed delete(Remote remote, String folder) throws IOException {
        Freed freed = new Freed(0, 0);
        for (FileEntry entry : entries(remote, folder)) {
            freed = plus(freed, delete(remote, folder, entry));
        }
        try {
            remote.removeFolder(folder);
        } catch (SftpException e) {
            // Its process was not dead after all, or another process sweeps, too.
            LOG.debug("A temporary folder could not be removed", e);
        }
        return freed;
    }

    private static Freed delete(Remote remote, String folder, FileEntry entry) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
        String path = folder + '/' + entry.name();
        if (entry.folder()) {
            return delete(remote, path);
        }
        try {
            remote.remove(path);
            return new Freed(1, entry.size());
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                return new Freed(0, 0);
            }
            throw e;
        }
    }

    private static List<FileEntry> entries(Remote remote, String folder) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        try {
            remote.visit(folder, entries::add);
        } catch (SftpException e) {
            if (!Failures.isMissing(e)) {
                throw e;
            }
        }
        return entries;
    }

    private static Freed plus(Freed one, Freed other) {
        return new Freed(one.items() + other.items(), one.bytes() + other.bytes());
    }

    private void endCompletions(Remote remote) throws IOException {
        Instant now = files.clock().instant();
        List<String> present = entries(remote, files.completing()).stream()
                .map(FileEntry::name)
                .filter(name -> UploadId.created(name).isPresent())
                .toList();
        seen.keySet().retainAll(present);
        for (String upload : present) {
            Instant first = seen.computeIfAbsent(upload, name -> now);
            if (!now.isBefore(first.plus(PUBLISHED))) {
                end(remote, upload);
            }
        }
    }

    private void end(Remote remote, String upload) throws IOException {
        String taken = files.completing() + '/' + upload;
        try {
            ObjectKey key = key(remote, taken);
            Optional<Header> there = files.header(remote, files.objects().path(key));
            if (there.isPresent() && there.get().version().equals(upload)) {
                files.discard(remote, taken);
            } else {
                String folder = files.uploads().path(key) + '/' + upload;
                files.uploads().inFolder(remote, folder, () -> remote.rename(taken, folder));
            }
        } catch (SftpException e) {
            // Its process has ended it meanwhile, or another sweep.
            if (!Failures.isMissing(e)) {
                throw e;
            }
        }
    }

    private static ObjectKey key(Remote remote, String taken) throws IOException {
        try (OpenFile record = OpenFile.open(remote, taken + '/' + SftpUploads.RECORD, Header.USUAL);
                OpenFile.Body body = record.body(ByteSpan.whole(record.header().size()))) {
            return new ObjectKey(new String(body.readAllBytes(), UTF_8));
        }
    }
}
