package dev.stowage.bench.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A server with as much of S3 as the service and the SDK need to read and write whole objects and parts, at minimal
 * cost: files are sent by {@code sendfile}, like nginx does. It verifies no signatures, and its ETags are fake. Path style.
 *
 * <p>A thread for each connection.
 */
public final class StoreServer {

    private StoreServer() {}

    /**
     * Serves until the process ends.
     *
     * @param args the folder for the files
     */
    public static void main(String[] args) throws IOException {
        Objects objects = new Objects(Path.of(args[0]));
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            System.out.println("store listening on http://127.0.0.1:" + port);
            while (true) {
                SocketChannel client = server.accept();
                Thread thread = new Thread(() -> serve(client, objects), "connection");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(SocketChannel client, Objects objects) {
        try (client) {
            new Conversation(client, objects).run();
        } catch (IOException e) {
            // The client has disconnected.
        }
    }
}
