package dev.stowage.testkit.remote;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Stores over a network, each with a defect that shows when the connection fails. */
public final class RemoteSabotages {

    private RemoteSabotages() {}

    /** A store without a defect. */
    public static final class Correct extends RemoteContract {}

    /** Repeats a request whose answer was lost, and believes the second answer. */
    public static final class RepeatsBlindly extends RemoteContract {
        @Override
        CallClient client(CallServer server, int port) {
            return new CallClient(server, port) {
                @Override
                void send(long number, InputStream body) throws IOException {
                    try {
                        super.send(number, body);
                    } catch (IOException e) {
                        super.send(number, InputStream.nullInputStream());
                    }
                }
            };
        }
    }

    /** Repeats a put with a body that can be read once. */
    public static final class RepeatsBodies extends RemoteContract {
        @Override
        Storage open(Storage memory, CallClient client) {
            return withObjects(new RemoteStorage(memory, client), store -> new ForwardingObjectStore(store) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    try {
                        return super.put(key, content, options);
                    } catch (StorageUnavailable e) {
                        return super.put(key, content, options);
                    }
                }
            });
        }
    }

    /** Lets an exception of its library reach the reader. */
    public static final class LetsLibraryFail extends RemoteContract {
        @Override
        Storage open(Storage memory, CallClient client) {
            return withObjects(new RemoteStorage(memory, client), store -> new ForwardingObjectStore(store) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(
                            key,
                            options,
                            (info, span, body) -> reader.read(info, span, new FilterInputStream(body) {
                                @Override
                                public int read(byte[] buffer, int offset, int length) throws IOException {
                                    try {
                                        return in.read(buffer, offset, length);
                                    } catch (StorageUnavailable e) {
                                        throw new IOException("connection reset", e);
                                    }
                                }
                            }));
                }
            });
        }
    }

    /** Puts the message of the failed connection into its own. */
    public static final class NamesItsHost extends RemoteContract {
        @Override
        CallClient client(CallServer server, int port) {
            return new CallClient(server, port) {
                @Override
                StorageUnavailable failed(IOException cause) {
                    return new StorageUnavailable("127.0.0.1:" + port + " failed: " + cause.getMessage(), cause);
                }
            };
        }
    }

    /** Waits without end for a server that does not respond. */
    public static final class WaitsWithoutEnd extends RemoteContract {
        @Override
        CallClient client(CallServer server, int port) {
            return new CallClient(server, port) {
                @Override
                int timeout() {
                    return 0;
                }
            };
        }

        @Override
        protected Duration callTimeout() {
            return Duration.ofSeconds(1);
        }
    }

    /** Passes every check. */
    public static final class PassesEveryCheck extends RemoteContract {
        @Override
        Storage open(Storage memory, CallClient client) {
            return new ForwardingStorage(new RemoteStorage(memory, client)) {
                @Override
                public void check() {}
            };
        }
    }

    /** Does nothing when it is closed. */
    public static final class StaysOpen extends RemoteContract {
        @Override
        Storage open(Storage memory, CallClient client) {
            return new ForwardingStorage(new RemoteStorage(memory, client)) {
                @Override
                public void close() {}
            };
        }
    }

    private static Storage withObjects(Storage storage, UnaryOperator<ObjectStore> change) {
        ObjectStore objects = change.apply(storage.objects());
        return new ForwardingStorage(storage) {
            @Override
            public ObjectStore objects() {
                return objects;
            }
        };
    }
}
