package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends raw bytes, for requests that no HTTP client would send. */
final class RawRequest {

    private static final int TIMEOUT_MILLIS = 10_000;

    private RawRequest() {}

    /** Sends {@code request}, closes the sending side, and returns the whole response; each char is a byte. */
    static String send(int port, String request) {
        try (Socket socket = open(port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a connection whose reads time out after some seconds. */
    static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Reads {@code 100 Continue}, which the service sends when it begins to read the body of a request that expects it (RFC 9110, 10.1.1). */
    static void awaitContinue(Socket socket) throws IOException {
        String expected = "HTTP/1.1 100 Continue\r\n\r\n";
        byte[] interim = socket.getInputStream().readNBytes(expected.length());
        assertThat(new String(interim, StandardCharsets.US_ASCII)).isEqualTo(expected);
    }
}
