package dev.stowage.testkit.remote;

import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.NetworkStorageContract;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;

/** The contract on a store over a network, which subclasses give a defect. */
class RemoteContract extends NetworkStorageContract {

    private final InMemoryStorage memory = new InMemoryStorage();
    private final CallServer server = new CallServer();

    /** Returns the client; with its defect, if there is one. */
    CallClient client(CallServer server, int port) {
        return new CallClient(server, port);
    }

    /** Returns the store; with its defect, if that is not in the client. */
    Storage open(Storage memory, CallClient client) {
        return new RemoteStorage(memory, client);
    }

    @Override
    protected final Storage open() {
        return memory;
    }

    @Override
    protected final InetSocketAddress server() {
        return server.address();
    }

    @Override
    protected final Storage openThrough(int port) {
        return open(memory, client(server, port));
    }

    @Override
    public final long leftovers() {
        return 0;
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
