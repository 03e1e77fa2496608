package dev.stowage.it.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An upload over a socket whose bytes are sent on demand. */
public final class SlowUpload implements AutoCloseable {

    private static final int TIMEOUT = (int) Duration.ofSeconds(30).toMillis();

    private final Socket socket;
    private final BufferedReader answers;

    private SlowUpload(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /**
     * Sends the head of {@code PUT} for a file of {@code length} bytes, without the body. When this returns, the service has begun to read
     * the body: it has sent {@code 100 Continue}.
     */
    public static SlowUpload begin(URI address, String key, long length) throws IOException {
        return begin(address, "PUT", Api.Paths.OBJECT + Api.encode(key), length);
    }

    /**
     * Sends the head of any request with a body.
     *
     * @param headers names and values alternate
     */
    public static SlowUpload begin(URI address, String method, String path, long length, String... headers)
            throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(TIMEOUT);
        socket.setTcpNoDelay(true);
        SlowUpload upload = new SlowUpload(socket);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nContent-Length: " + length + "\r\nExpect: 100-continue\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i] + ": " + headers[i + 1] + "\r\n");
        }
        upload.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        if (upload.status() != 100 || !"".equals(upload.answers.readLine())) {
            throw new IOException("the service did not ask for the body");
        }
        return upload;
    }

    /** Sends further bytes, all zero. */
    public void send(int bytes) throws IOException {
        write(new byte[bytes]);
    }

    /** Waits for the response and returns its status. */
    public int status() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the connection was closed without an answer");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    /** Waits until the service closes the connection, and returns whether it sent a response before. */
    public boolean awaitCut() throws IOException {
        try {
            boolean answered = false;
            while (answers.readLine() != null) {
                answered = true;
            }
            return answered;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            // Reset: bytes that had arrived were not read.
            return false;
        }
    }

    /** Closes the connection, whatever was sent. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }
}
