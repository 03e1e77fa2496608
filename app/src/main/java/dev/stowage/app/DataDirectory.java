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

/** The folder for local data. It is created accessible only to its owner. */
final class DataDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private DataDirectory() {}

    /**
     * Creates the folder if it is missing, and checks that it is writable.
     *
     * @throws StartupFailure when it can't be created or is not writable
     */
    static void prepare(Path directory) {
        try {
            PrivateFiles.createFolders(directory);
        } catch (FileAlreadyExistsException e) {
            throw failure(e.getFile() + " is not a folder", e);
        } catch (IOException e) {
            throw failure(directory + " can't be created: " + reason(e), e);
        }
        if (!Files.isWritable(directory)) {
            throw failure(directory + " is not writable", new IOException("not writable: " + directory));
        }
        if (PrivateFiles.isShared(directory)) {
            // Permissions are left as they are: backups or log shipping may need them.
            LOG.warn("DATA_DIR {} is accessible to other users of this machine; restrict it with chmod 700", directory);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException known && known.getReason() != null ? known.getReason() : e.toString();
    }

    private static StartupFailure failure(String what, IOException cause) {
        return new StartupFailure("DATA_DIR: " + what + "; name a folder that this user can write to", cause);
    }
}
