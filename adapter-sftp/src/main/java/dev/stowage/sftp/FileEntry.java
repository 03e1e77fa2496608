package dev.stowage.sftp;

import java.io.IOException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.common.SftpConstants;

/**
 * A file or folder on the server.
 *
 * @param folder whether it is one; false when the server does not tell
 * @param size in bytes; 0 when the server does not tell
 * @param modified in seconds since 1970, by the clock of the server; 0 when the server does not tell
 */
record FileEntry(String name, boolean folder, long size, long modified) {

    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;

    /** Reads the attributes of version 3 of the protocol. */
    static FileEntry read(String name, Buffer attributes) throws IOException {
        int flags = attributes.getInt();
        long size = 0;
        int mode = 0;
        long modified = 0;
        if ((flags & SftpConstants.SSH_FILEXFER_ATTR_SIZE) != 0) {
            size = attributes.getLong();
        }
        if ((flags & SftpConstants.SSH_FILEXFER_ATTR_UIDGID) != 0) {
            attributes.getLong();
        }
        if ((flags & SftpConstants.SSH_FILEXFER_ATTR_PERMISSIONS) != 0) {
            mode = attributes.getInt();
        }
        if ((flags & SftpConstants.SSH_FILEXFER_ATTR_ACMODTIME) != 0) {
            attributes.getUInt();
            modified = attributes.getUInt();
        }
        if ((flags & SftpConstants.SSH_FILEXFER_ATTR_EXTENDED) != 0) {
            int count = attributes.getInt();
            for (int i = 0; i < count; i++) {
                attributes.getBytes();
                attributes.getBytes();
            }
        }
        return new FileEntry(name, (mode & TYPE) == FOLDER, size, modified);
    }
}
