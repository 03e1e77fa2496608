package dev.stowage.app;

import dev.stowage.core.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder for local data; it is made for its owner alone. */
final class DataDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private DataDirectory() {}

    /**
     * Makes sure that the folder is there and can be written to.
     *
     * @throws StartupFailure when it can't be
     */
    static void prepare(Path directory) {
        try {
            PrivateFiles.createFolders(directory);
        } catch (FileAlreadyExistsException e) {
            throw failure(e.getFile() + " is no folder", e);
        } catch (IOException e) {
            throw failure(directory + " can't be created: " + reason(e), e);
        }
        if (!Files.isWritable(directory)) {
            throw failure(directory + " can't be written to", new IOException("not writable: " + directory));
        }
        if (PrivateFiles.isShared(directory)) {
            // Not taken away: it may be wanted, for backups or for shipping the audit log.
            LOG.warn("DATA_DIR {} is open to other users of this machine; close it with chmod 700", directory);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException known && known.getReason() != null ? known.getReason() : e.toString();
    }

    private static StartupFailure failure(String what, IOException cause) {
        return new StartupFailure("DATA_DIR: " + what + "; name a folder that this user may write to", cause);
    }
}
