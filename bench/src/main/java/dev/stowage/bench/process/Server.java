package dev.stowage.bench.process;

import dev.stowage.bench.measure.ProcessUsage;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server on this machine.
 *
 * @param port on the loopback address
 */
public record Server(ChildProcess process, int port) implements AutoCloseable {

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The resource usage of its process; for nginx, of the master process only. */
    public ProcessUsage usage() {
        return process.usage();
    }

    @Override
    public void close() {
        process.close();
    }
}
