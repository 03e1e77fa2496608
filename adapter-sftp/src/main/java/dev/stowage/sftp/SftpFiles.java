package dev.stowage.sftp;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.sftp.common.SftpException;

/**
 * The files that objects and uploads consist of.
 *
 * @param objects the files of objects, by key
 * @param uploads a folder for each key with open uploads, which contains a folder for each upload
 * @param completing the uploads whose object is being published
 * @param capabilities of the store on this server
 */
record SftpFiles(
        SftpConnections connections,
        Workspace workspace,
        KeyTree objects,
        KeyTree uploads,
        String completing,
        Set<Capability> capabilities,
        InstantSource clock) {

    /** How often an object may be created and deleted again while its creation is tried. */
    private static final int ATTEMPTS = 5;

    /** How many requests of a list are sent before the first has to be answered. */
    private static final int AT_ONCE = 64;

    /** @throws NotSupported when the server can't decide the condition in one step */
    void checkSupported(WriteCondition condition) {
        // What stands for every condition of a call is never declared, so any of these capabilities would do.
        if (!Capability.CONDITIONAL_PUT.decides(condition, capabilities)) {
            throw new NotSupported("The SFTP server can't write a file under this condition");
        }
    }

    /** Begins a file. The caller closes it. */
    NewFile create() {
        return connections.hold(Deadline.ofCall(), remote -> NewFile.create(remote, workspace));
    }

    /** @throws NotFound when there is no such object */
    OpenFile open(Remote remote, ObjectKey key, int ahead) throws IOException {
        try {
            return OpenFile.open(remote, objects.path(key), ahead);
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                throw NotFound.file(key.value());
            }
            throw e;
        }
    }

    /** Gives a complete file the name of its object, in one step. @throws PreconditionFailed when the condition does not hold */
    void publish(NewFile file, String version, ObjectKey key, WriteCondition condition, Fence fence)
            throws IOException {
        String path = objects.path(key);
        fence.requireOpen();
        try {
            if (condition instanceof WriteCondition.None) {
                objects.inFolder(file.remote(), path, () -> file.renameTo(path));
            } else {
                publishIfAbsent(file, version, key, path);
            }
        } catch (IOException | RuntimeException e) {
            objects.prune(file.remote(), path);
            throw e;
        }
    }

    /** Gives the file a second name, which fails if that exists. The temporary name is removed afterwards. */
    private void publishIfAbsent(NewFile file, String version, ObjectKey key, String path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                objects.inFolder(file.remote(), path, () -> file.remote().link(file.path(), path));
                return;
            } catch (SftpException e) {
                if (!Failures.maybeExists(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            Optional<Header> there = header(file.remote(), path);
            if (there.isPresent()) {
                checkOwn(there.get(), version, key);
                return;
            }
        }
    }

    /** An object of this version is that of an earlier attempt whose response was lost. */
    static void checkOwn(Header there, String version, ObjectKey key) {
        if (!there.version().equals(version)) {
            throw new PreconditionFailed("There is a file at " + key, key.value());
        }
    }

    Optional<Header> header(Remote remote, String path) throws IOException {
        try (OpenFile file = OpenFile.open(remote, path, Header.USUAL)) {
            return Optional.of(file.header());
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What is known about one of many files. */
    sealed interface Found {

        /** There is no such file. */
        record Missing() implements Found {}

        /** It can't be read, or is not a file of this adapter. */
        record Foreign() implements Found {}

        /** It is an object or a part. */
        record Valid(Header header) implements Found {}
    }

    /** Reads the headers of many files, many at once. */
    List<Found> headers(Remote remote, List<String> paths) throws IOException {
        List<Found> all = new ArrayList<>();
        for (int i = 0; i < paths.size(); i += AT_ONCE) {
            all.addAll(someHeaders(remote, paths.subList(i, Math.min(i + AT_ONCE, paths.size()))));
        }
        return all;
    }

    private List<Found> someHeaders(Remote remote, List<String> paths) throws IOException {
        List<Remote.Pending> opening = new ArrayList<>();
        for (String path : paths) {
            opening.add(remote.startOpen(path));
        }
        List<Found> found = new ArrayList<>();
        Map<Integer, byte[]> handles = new LinkedHashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            found.add(new Found.Foreign());
            try {
                handles.put(i, remote.handle(opening.get(i)));
            } catch (SftpException e) {
                found.set(i, failed(e));
            }
        }
        Map<Integer, Remote.Pending> reading = new LinkedHashMap<>();
        for (Map.Entry<Integer, byte[]> handle : handles.entrySet()) {
            reading.put(handle.getKey(), remote.startRead(handle.getValue(), 0, Header.USUAL));
        }
        for (Map.Entry<Integer, Remote.Pending> read : reading.entrySet()) {
            int i = read.getKey();
            try {
                found.set(i, found(remote, paths.get(i), remote.data(read.getValue())));
            } catch (SftpException e) {
                found.set(i, failed(e));
            }
        }
        List<Remote.Pending> closing = new ArrayList<>();
        for (byte[] handle : handles.values()) {
            closing.add(remote.startClose(handle));
        }
        closing.forEach(remote::drop);
        return found;
    }

    private static Found failed(SftpException failure) {
        return Failures.isMissing(failure) ? new Found.Missing() : new Found.Foreign();
    }

    private Found found(Remote remote, String path, byte[] begin) throws IOException {
        Optional<Header> header = Header.parse(begin);
        if (header.isPresent()) {
            return new Found.Valid(header.get());
        }
        if (Header.lengthIn(begin).orElse(0) <= begin.length) {
            return new Found.Foreign();
        }
        try {
            return header(remote, path).<Found>map(Found.Valid::new).orElseGet(Found.Missing::new);
        } catch (StorageRejected e) {
            return new Found.Foreign();
        }
    }

    /** Moves a folder into the workspace, where nobody uses it, and deletes it with its files. */
    void discard(Remote remote, String folder) throws IOException {
        String path = workspace.take();
        try {
            try {
                remote.rename(folder, path);
            } catch (SftpException e) {
                if (!Failures.isMissing(e)) {
                    throw e;
                }
                // After a long interruption, the workspace may be what is missing.
                workspace.renew(remote);
                remote.rename(folder, path);
            }
            delete(remote, path);
        } finally {
            workspace.giveBack(path);
        }
    }

    /** Deletes a folder with its files; it has no folders. A sweep continues what fails. */
    private void delete(Remote remote, String folder) {
        try {
            List<String> names = new ArrayList<>();
            remote.visit(folder, entry -> names.add(entry.name()));
            removeAll(remote, names.stream().map(name -> folder + '/' + name).toList());
            remote.removeFolder(folder);
        } catch (IOException e) {
            // Nothing in the workspace is visible.
        }
    }

    private static void removeAll(Remote remote, List<String> paths) throws IOException {
        for (int i = 0; i < paths.size(); i += AT_ONCE) {
            List<Remote.Pending> removing = new ArrayList<>();
            for (String path : paths.subList(i, Math.min(i + AT_ONCE, paths.size()))) {
                removing.add(remote.startRemove(path));
            }
            removing.forEach(remote::drop);
        }
    }
}
