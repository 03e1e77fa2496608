package dev.stowage.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpErrorDataHandler;
import org.apache.sshd.sftp.client.SftpMessage;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.impl.DefaultSftpClient;
import org.apache.sshd.sftp.common.SftpConstants;

/**
 * The client of the library, for calls that share a channel. When a thread is interrupted while it waits, the library forgets its request,
 * and ends the whole channel when the response comes. This one waits for the response first. Safe for concurrent use.
 */
final class SharedClient extends DefaultSftpClient {

    /**
     * Held until a request was sent. Otherwise the library waits for that before it sends the next one, and an interrupt of this wait ends
     * the channel. Waiting for the lock takes no longer than the time-out of the request that holds it, as the connection is closed then.
     */
    private final ReentrantLock sending = new ReentrantLock();

    /** Opens a channel of version 3 of the protocol. */
    SharedClient(ClientSession session) throws IOException {
        super(session, SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3), SftpErrorDataHandler.EMPTY);
        getClientChannel().addCloseFutureListener(closed -> wake());
    }

    /** Called for each response, also by the constructor of the library, before this class has fields. */
    @Override
    protected void process(Buffer incoming) throws IOException {
        super.process(incoming);
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Sends a request, and returns its number. An interrupt does not matter, and is kept. */
    int request(int type, Buffer request, Duration timeout) throws IOException {
        boolean interrupted = Thread.interrupted();
        sending.lock();
        try {
            SftpMessage message = write(type, request);
            if (!message.getFuture().awaitUninterruptibly(timeout)
                    || !message.getFuture().isWritten()) {
                throw new ConnectionLost("a request could not be sent within " + timeout, true);
            }
            return message.getId();
        } finally {
            sending.unlock();
            restore(interrupted);
        }
    }

    /** Waits for the response to a request. An interrupt does not matter, and is kept. */
    Buffer answer(int number, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            synchronized (this) {
                for (Buffer answer = receive(number, Duration.ZERO); ; answer = receive(number, Duration.ZERO)) {
                    if (answer != null) {
                        return answer;
                    }
                    if (isClosing() || !isOpen()) {
                        throw new EOFException("the channel is closed");
                    }
                    long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                    if (left <= 0) {
                        throw new ConnectionLost("no answer within " + timeout, true);
                    }
                    try {
                        wait(left);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
