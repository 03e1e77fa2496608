package dev.stowage.bench.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A persistent connection over a socket, which costs the client as little as possible. For one thread. */
public final class Http implements AutoCloseable {

    private static final int BUFFER = 256 << 10;
    private static final int MAX_HEAD = 16 << 10;

    private final SocketChannel channel;
    private final String host;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private final byte[] head = new byte[MAX_HEAD];

    public Http(InetSocketAddress server) throws IOException {
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        host = "127.0.0.1:" + server.getPort();
    }

    /** Sends a request without a body, reads the response, and returns the length of its body. */
    public long request(String method, String path) throws IOException {
        send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        return answer(method.equals("HEAD"));
    }

    /** Sends a JSON body, and returns the body of the response. */
    public String json(String method, String path, String body) throws IOException {
        send(method + " " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        String answer = readHead();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (field(answer, "Transfer-Encoding").isEmpty()) {
            take(bytes, length(answer));
            return bytes.toString(StandardCharsets.UTF_8);
        }
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            take(bytes, size);
            line();
        }
        line();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Sends a body of {@code size} bytes and reads the response. */
    public void put(String path, Payload payload, long size) throws IOException {
        send("PUT " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + size + "\r\n\r\n");
        payload.send(channel, size);
        answer(false);
    }

    /** The same with a form that contains the body as a file. */
    public void form(String path, String key, Payload payload, long size) throws IOException {
        String boundary = "----stowage-bench-boundary";
        String before = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n" + key + "\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        String after = "\r\n--" + boundary + "--\r\n";
        send("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: multipart/form-data; boundary="
                + boundary + "\r\nContent-Length: " + (before.length() + size + after.length()) + "\r\n\r\n" + before);
        payload.send(channel, size);
        send(after);
        answer(false);
    }

    /** Sends a request with header fields, each with its line end, and a body of {@code size} bytes; returns the response's head. */
    String exchange(String request, String fields, Payload payload, long size) throws IOException {
        send(request + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "Content-Length: " + size + "\r\n\r\n");
        payload.send(channel, size);
        String answer = readHead();
        skip(request.startsWith("HEAD ") ? 0 : length(answer));
        return answer;
    }

    /** A header field of a response; empty when it is missing. */
    static Optional<String> field(String head, String name) {
        String before = "\r\n" + name.toLowerCase(Locale.ROOT) + ":";
        int found = head.toLowerCase(Locale.ROOT).indexOf(before);
        if (found < 0) {
            return Optional.empty();
        }
        int start = found + before.length();
        return Optional.of(head.substring(start, head.indexOf('\r', start)).strip());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private long answer(boolean headOnly) throws IOException {
        String response = readHead();
        if (headOnly) {
            // The response to a HEAD may announce a chunked body, which does not follow.
            return field(response, "Content-Length").map(Long::parseLong).orElse(0L);
        }
        long length = length(response);
        skip(length);
        return length;
    }

    private void skip(long length) throws IOException {
        for (long left = length; left > 0; ) {
            need();
            int count = (int) Math.min(in.remaining(), left);
            in.position(in.position() + count);
            left -= count;
        }
    }

    private String readHead() throws IOException {
        int length = 0;
        do {
            need();
            head[length++] = in.get();
        } while (head[length - 1] != '\n' || length < 4 || head[length - 3] != '\n');
        String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
        if (text.charAt("HTTP/1.1 ".length()) != '2') {
            throw new IOException("the server responded: " + text);
        }
        return text;
    }

    /** The length of the body. */
    private static long length(String head) throws IOException {
        if (field(head, "Transfer-Encoding").isPresent()) {
            throw new IOException("unexpected chunked response: " + head);
        }
        return field(head, "Content-Length").map(Long::parseLong).orElse(0L);
    }

    /** The length of the next chunk of a body (RFC 9112, section 7.1); 0 at its end. */
    private long chunkSize() throws IOException {
        return Long.parseLong(line().strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() == 0 || line.charAt(line.length() - 1) != '\n') {
            need();
            line.append((char) in.get());
        }
        return line.toString();
    }

    private void take(ByteArrayOutputStream into, long size) throws IOException {
        byte[] piece = new byte[8 << 10];
        for (long left = size; left > 0; ) {
            need();
            int count = (int) Math.min(Math.min(in.remaining(), piece.length), left);
            in.get(piece, 0, count);
            into.write(piece, 0, count);
            left -= count;
        }
    }

    private void need() throws IOException {
        if (!in.hasRemaining()) {
            in.clear();
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
        }
    }
}
