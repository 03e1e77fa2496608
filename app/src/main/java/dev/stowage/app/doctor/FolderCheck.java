package dev.stowage.app.doctor;

import dev.stowage.core.disk.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks a folder that the service writes to. It need not exist, as the service creates it. Changes nothing. */
final class FolderCheck {

    private static final long MIB = 1L << 20;
    private static final long ENOUGH_FREE = 1L << 30;

    private final String setting;
    private final Path folder;
    private final long required;

    /**
     * @param setting the name of the setting
     * @param required bytes that have to be free
     */
    FolderCheck(String setting, Path folder, long required) {
        this.setting = setting;
        this.folder = folder;
        this.required = required;
    }

    /** @param confidential whether other users of the machine should have no access */
    Finding check(boolean confidential) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            return Finding.failed(setting, folder + " is not a folder", "set " + setting + " to a folder");
        }
        Path existing = existing(folder.toAbsolutePath());
        if (!Files.isWritable(existing)) {
            return Finding.failed(
                    setting,
                    existing + " is not writable for the user " + System.getProperty("user.name"),
                    "run this command as the user of the service; change the owner, or set " + setting);
        }
        long free = existing.toFile().getUsableSpace();
        String text = folder + (Files.exists(folder) ? "" : " (created at the first start)") + ", " + free / MIB
                + " MiB free";
        if (free < required) {
            return Finding.failed(setting, text, "free at least " + required / MIB + " MiB, or set " + setting);
        }
        if (free < ENOUGH_FREE) {
            return Finding.warning(setting, text, "free some space: uploads fail when the disk is full");
        }
        if (confidential && PrivateFiles.isShared(folder)) {
            return Finding.warning(setting, text + ", open to other users", "run: chmod 700 " + folder);
        }
        return Finding.ok(setting, text);
    }

    /** The folder itself, or the nearest one above it that exists. */
    private static Path existing(Path absolute) {
        Path path = absolute;
        for (@Nullable Path up = path; up != null; up = up.getParent()) {
            path = up;
            if (Files.exists(up)) {
                return up;
            }
        }
        return path;
    }
}
