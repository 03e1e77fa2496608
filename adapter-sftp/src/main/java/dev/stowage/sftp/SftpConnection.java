package dev.stowage.sftp;

import java.io.IOException;
import java.time.Duration;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.impl.SftpResponse;

/**
 * A connection to the server, with one SFTP channel. Any number of calls use it at the same time, as answers are assigned to requests by
 * number. When there is no response in time, the whole connection is closed. Safe for concurrent use.
 */
final class SftpConnection {

    private final ClientSession session;
    private final SharedClient client;
    private final Features features;

    SftpConnection(ClientSession session) throws IOException {
        this.session = session;
        this.client = new SharedClient(session);
        this.features = Features.of(client.getServerExtensions());
    }

    Features features() {
        return features;
    }

    boolean isOpen() {
        return client.isOpen() && session.isOpen();
    }

    /** Closes it at once. Requests that wait for a response fail. */
    void close() {
        session.close(true);
    }

    /** Sends a request and returns its number. */
    int send(int type, Buffer request, Duration timeout) throws ConnectionLost {
        try {
            return client.request(type, request, timeout);
        } catch (IOException | RuntimeException e) {
            throw lost(e);
        }
    }

    /** Waits for the response to a request. */
    SftpResponse receive(int type, int number, Duration timeout) throws ConnectionLost {
        try {
            return SftpResponse.parse(type, client.answer(number, timeout));
        } catch (IOException | RuntimeException e) {
            throw lost(e);
        }
    }

    private ConnectionLost lost(Exception failure) {
        close();
        return failure instanceof ConnectionLost lost ? lost : new ConnectionLost(failure);
    }
}
