package dev.stowage.sftp;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageFull;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** Translates failures of the client into those of the core. Their messages name no host and no path. */
final class Failures {

    private Failures() {}

    static StorageException of(IOException failure) {
        if (failure instanceof SftpException answer) {
            return ofStatus(answer);
        }
        return new StorageUnavailable("The SFTP server does not respond. Try again.", failure);
    }

    /** Translates a failure to connect. */
    static IOException ofConnecting(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SshException ssh) {
                switch (ssh.getDisconnectCode()) {
                    case SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE ->
                        throw new StorageRejected(
                                "The SFTP server has another host key than SFTP_HOST_KEY or SFTP_KNOWN_HOSTS says",
                                failure);
                    case SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED ->
                        throw new StorageRejected(
                                "The SFTP server and this client have no algorithm in common, or the server has no"
                                        + " host key of the type in SFTP_HOST_KEY or SFTP_KNOWN_HOSTS",
                                failure);
                    case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
                        throw new StorageRejected(
                                "The SFTP server refuses SFTP_USER with this password or key", failure);
                    default -> {
                        // Another reason may be among the causes.
                    }
                }
            }
        }
        return new ConnectionLost(failure);
    }

    static StorageUnavailable interrupted() {
        return new StorageUnavailable("The call was interrupted", null);
    }

    static StorageUnavailable closed() {
        return new StorageUnavailable("The store is closed", null);
    }

    static boolean isMissing(SftpException answer) {
        return answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                || answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH;
    }

    /** Whether the response may mean that a file or folder exists. Version 3 of the protocol has no status for that. */
    static boolean maybeExists(SftpException answer) {
        return answer.getStatus() == SftpConstants.SSH_FX_FAILURE
                || answer.getStatus() == SftpConstants.SSH_FX_FILE_ALREADY_EXISTS;
    }

    private static StorageException ofStatus(SftpException answer) {
        return switch (answer.getStatus()) {
            case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT ->
                new StorageRejected("The SFTP server denies access to files in SFTP_PATH", answer);
            case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED ->
                new StorageFull(answer);
            case SftpConstants.SSH_FX_OP_UNSUPPORTED ->
                new StorageRejected("The SFTP server does not support a request of this service", answer);
            default ->
                // A full disk is no other failure in version 3 of the protocol.
                new StorageUnavailable("The SFTP server could not carry out a request. Try again.", answer);
        };
    }
}
