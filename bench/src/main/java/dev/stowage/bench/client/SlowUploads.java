package dev.stowage.bench.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Tus uploads that each send a few bytes ten times a second, all from one thread, so that they use little CPU time here. */
public final class SlowUploads implements AutoCloseable {

    /** The declared length of each, far more than is sent. */
    private static final long ANNOUNCED = 1L << 30;

    private static final int TICK_MILLIS = 10;
    private static final int TICKS = 10;
    /** Long enough for the service to have recorded the first bytes of all. */
    private static final int SETTLED_SECONDS = 5;

    private final InetSocketAddress server;
    private final Payload payload;
    private final int bytesPerSecond;
    private final ByteBuffer piece;
    private final List<Slow> uploads = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopped;

    private static final class Slow {
        private final SocketChannel channel;
        private final String path;
        private final long began = System.nanoTime();
        private long sent;

        private Slow(SocketChannel channel, String path) {
            this.channel = channel;
            this.path = path;
        }
    }

    private SlowUploads(InetSocketAddress server, Payload payload, int bytesPerSecond) {
        this.server = server;
        this.payload = payload;
        this.bytesPerSecond = bytesPerSecond;
        byte[] second = payload.first(bytesPerSecond);
        piece = ByteBuffer.allocateDirect(second.length).put(second).flip();
    }

    /** Starts a number of uploads. */
    public static SlowUploads start(InetSocketAddress server, Payload payload, int count, int bytesPerSecond)
            throws IOException {
        SlowUploads slow = new SlowUploads(server, payload, bytesPerSecond);
        new Thread(slow::run, "slow-uploads").start();
        try (Http connection = new Http(server)) {
            Tus tus = new Tus(connection, payload);
            for (int i = 0; i < count; i++) {
                slow.uploads.add(slow.open(tus.begin("slow/" + i, ANNOUNCED)));
            }
        }
        return slow;
    }

    /** Waits until they have been running for a while. */
    public void settle() throws InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
    }

    /**
     * Stops and terminates the uploads.
     *
     * @throws IOException also when the service received less than nine tenths of the bytes that were due
     */
    @Override
    public void close() throws IOException {
        long end = System.nanoTime();
        stopped = true;
        ended.join();
        try (Http connection = new Http(server)) {
            Tus tus = new Tus(connection, payload);
            for (Slow upload : uploads) {
                long due = due(upload, end);
                long offset = tus.offset(upload.path);
                if (offset < due * 0.9) {
                    throw new IOException("a slow upload has " + offset + " of " + due + " bytes");
                }
                upload.channel.close();
                tus.terminate(upload.path);
            }
        }
    }

    private Slow open(String path) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        String head = "PATCH " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + Tus.bytesFrom(0) + "Content-Length: "
                + ANNOUNCED + "\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.configureBlocking(false);
        return new Slow(channel, path);
    }

    private void run() {
        try {
            for (int tick = 0; !stopped; tick = (tick + 1) % TICKS) {
                for (int i = tick; i < uploads.size(); i += TICKS) {
                    send(uploads.get(i));
                }
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
            ended.complete(null);
        } catch (IOException | InterruptedException e) {
            ended.completeExceptionally(e);
        }
    }

    private void send(Slow upload) throws IOException {
        long due = Math.min(due(upload, System.nanoTime()) - upload.sent, bytesPerSecond);
        upload.sent += upload.channel.write(piece.duplicate().limit((int) due));
    }

    private long due(Slow upload, long now) {
        return (now - upload.began) * bytesPerSecond / TimeUnit.SECONDS.toNanos(1);
    }
}
