package dev.stowage.testkit;

import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Stores with a defect in what they use: memory, connections, threads. */
final class StoreSabotages {

    private StoreSabotages() {}

    /** Does nothing when it is closed. */
    static final class StaysOpen extends SabotagedContract {
        @Override
        Storage sabotage(Storage correct) {
            return new ForwardingStorage(correct) {
                @Override
                public void close() {}
            };
        }
    }

    /** Passes every check. */
    static final class PassesEveryCheck extends SabotagedContract {
        @Override
        Storage sabotage(Storage correct) {
            return new ForwardingStorage(correct) {
                @Override
                public void check() {}
            };
        }
    }

    /** Puts the host and the text of a library into messages. */
    static final class NamesItsHost extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    try {
                        return super.read(key, options, reader);
                    } catch (PreconditionFailed e) {
                        throw new PreconditionFailed("412 for https://store.internal:9000/" + key, key.value());
                    }
                }
            };
        }
    }

    /** Puts the message of a cause into its own. */
    static final class PassesOnLibraryTexts extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    try {
                        return super.put(key, content, options);
                    } catch (StorageException e) {
                        IOException library = new IOException("RESPONSE 502 (blob.core)");
                        throw new StorageUnavailable("The store failed: " + library.getMessage(), library);
                    }
                }
            };
        }
    }

    /** Reads whole objects into memory before it lends them. */
    static final class ReadsWholeObjects extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(key, options, (info, span, body) -> {
                        byte[] all = body.readAllBytes();
                        return reader.read(info, span, new ByteArrayInputStream(all));
                    });
                }
            };
        }
    }

    /** Holds whole bodies in memory while it receives them, although it keeps them elsewhere. */
    static final class HoldsWholeBodies extends SabotagedContract {
        @Override
        public Map<Quirk, String> quirks() {
            return Map.of();
        }
    }

    /** A store that discards bodies while it receives them. It has no defect that the tests of memory find. */
    static final class DiscardsBodies extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    long size;
                    try (ContentStream body = ContentStream.open(content, options.expected())) {
                        size = body.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        throw new StorageUnavailable("The body could not be read", e);
                    }
                    return new PutResult(
                            new ObjectInfo(key, size, new Etag("tag"), Instant.now(), options.attributes()),
                            Optional.empty());
                }
            };
        }

        @Override
        public Map<Quirk, String> quirks() {
            return Map.of();
        }
    }

    /** Has 16 connections, and gets one back only when an object was read to its end. */
    static final class LosesConnections extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            Semaphore pool = new Semaphore(16);
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    if (!pool.tryAcquire()) {
                        throw new StorageUnavailable("No connection was free in time", null);
                    }
                    return super.read(key, options, (info, span, body) -> {
                        T result = reader.read(info, span, body);
                        if (body.read() < 0) {
                            pool.release();
                        }
                        return result;
                    });
                }
            };
        }
    }

    /** Leaves a blob behind when a large put fails. */
    static final class LeavesInterruptedBlobs extends SabotagedContract {

        private final AtomicLong strays = new AtomicLong();

        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    long blob = content.length().orElse(0) > 1 << 20 ? 1 : 0;
                    strays.addAndGet(blob);
                    PutResult stored = super.put(key, content, options);
                    strays.addAndGet(-blob);
                    return stored;
                }
            };
        }

        @Override
        public long leftovers() {
            return strays.get();
        }
    }

    /** Uses the size of an object as its ETag. */
    static final class TagsBySize extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    PutResult stored = super.put(key, content, options);
                    return new PutResult(tagged(stored.info()), stored.created());
                }

                @Override
                public Optional<ObjectInfo> stat(ObjectKey key) {
                    return super.stat(key).map(TagsBySize::tagged);
                }

                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(key, options, (info, span, body) -> reader.read(tagged(info), span, body));
                }
            };
        }

        private static ObjectInfo tagged(ObjectInfo info) {
            return new ObjectInfo(
                    info.key(), info.size(), new Etag("size-" + info.size()), info.lastModified(), info.attributes());
        }
    }

    /** Reports the beginning of time for every object. */
    static final class KnowsNoTime extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    PutResult stored = super.put(key, content, options);
                    return new PutResult(timeless(stored.info()), stored.created());
                }

                @Override
                public Optional<ObjectInfo> stat(ObjectKey key) {
                    return super.stat(key).map(KnowsNoTime::timeless);
                }
            };
        }

        private static ObjectInfo timeless(ObjectInfo info) {
            return new ObjectInfo(info.key(), info.size(), info.etag(), Instant.EPOCH, info.attributes());
        }
    }
}
