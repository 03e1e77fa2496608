package dev.stowage.sftp;

import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.sftp.common.SftpException;

/**
 * The folder on the server in which this process has its temporary files. Each process has its own, and renews a file in it, so that
 * others notice when the process has ended, whatever it has been waiting for meanwhile. Safe for concurrent use.
 */
final class Workspace {

    /** The file that is renewed. */
    static final String ALIVE = "alive";

    private final String folder;
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();

    /** @param all the folder with those of all processes */
    Workspace(String all) {
        this.folder = all + '/' + UUID.randomUUID();
    }

    String folder() {
        return folder;
    }

    /** Returns the path for another file, which is not deleted by a sweep until it is given back. */
    String take() {
        String name = UUID.randomUUID().toString();
        inUse.add(name);
        return folder + '/' + name;
    }

    void giveBack(String path) {
        inUse.remove(path.substring(folder.length() + 1));
    }

    boolean isInUse(String name) {
        return name.equals(ALIVE) || inUse.contains(name);
    }

    /** Tells other processes that this one is running, and creates the folder if need be. */
    void renew(Remote remote) throws IOException {
        byte[] handle;
        try {
            handle = remote.overwrite(folder + '/' + ALIVE);
        } catch (SftpException e) {
            if (!Failures.isMissing(e)) {
                throw e;
            }
            remote.makeFolder(folder);
            handle = remote.overwrite(folder + '/' + ALIVE);
        }
        try {
            // Emptying an empty file may not change its time.
            remote.finish(remote.startWrite(handle, 0, new byte[] {'\n'}, 0, 1));
        } finally {
            remote.release(handle);
        }
    }

    /** Removes the folder, if it contains nothing else. */
    void remove(Remote remote) throws IOException {
        remote.remove(folder + '/' + ALIVE);
        remote.removeFolder(folder);
    }
}
