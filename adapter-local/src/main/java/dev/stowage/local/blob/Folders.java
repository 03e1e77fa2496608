package dev.stowage.local.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folder operations that the JDK lacks. */
public final class Folders {

    private Folders() {}

    /**
     * Makes the names in a folder durable. Does nothing where folders can't be synchronized (Windows).
     *
     * @throws IOException also when the thread is interrupted
     */
    public static void sync(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
