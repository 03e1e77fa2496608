package dev.stowage.testkit;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Stores with a defect in writing. */
final class WriteSabotages {

    private WriteSabotages() {}

    /** Does not verify checksums. */
    static final class IgnoresChecksums extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    return super.put(
                            key, content, new PutOptions(options.attributes(), options.condition(), List.of()));
                }
            };
        }
    }

    /** Stores the received part of a body that ended early. */
    static final class StoresIncompleteBodies extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    return super.put(key, lenient(content), options);
                }
            };
        }

        private static Content lenient(Content content) {
            byte[] head;
            try (InputStream body = content.open()) {
                head = body.readNBytes(1);
            } catch (IOException e) {
                head = new byte[0];
            }
            return Content.once(new ByteArrayInputStream(head), OptionalLong.empty());
        }
    }

    /** Decides conditions by a read before the write; the barrier ensures that all racers have read. */
    static final class LooksThenWrites extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            CyclicBarrier allLooked = new CyclicBarrier(ConcurrencyContract.RACERS);
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    if (options.condition().equals(WriteCondition.IF_ABSENT)) {
                        if (stat(key).isPresent()) {
                            throw new PreconditionFailed("There is a file", key.value());
                        }
                        await(allLooked);
                    }
                    return super.put(key, content, options.withCondition(WriteCondition.NONE));
                }
            };
        }

        private static void await(CyclicBarrier barrier) {
            try {
                barrier.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("the racers did not meet", e);
            }
        }
    }

    /** Leaves data behind whenever a put fails. */
    static final class LeavesTemporaryData extends SabotagedContract {

        private final AtomicLong strays = new AtomicLong();

        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    strays.incrementAndGet();
                    PutResult stored = super.put(key, content, options);
                    strays.decrementAndGet();
                    return stored;
                }
            };
        }

        @Override
        public long leftovers() {
            return strays.get();
        }
    }

    /** Reads every body twice. */
    static final class OpensTwice extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    super.put(new ObjectKey("rehearsal"), content, PutOptions.DEFAULT);
                    return super.put(key, content, options);
                }
            };
        }
    }

    /** Sends metadata in headers that trim it. */
    static final class TrimsMetadata extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    TreeMap<String, String> trimmed = new TreeMap<>();
                    options.attributes().metadata().values().forEach((name, value) -> trimmed.put(name, value.strip()));
                    return super.put(
                            key,
                            content,
                            PutOptions.of(
                                    new ObjectAttributes(options.attributes().contentType(), new Metadata(trimmed))));
                }
            };
        }
    }

    /** Does not store headers. */
    static final class DropsHeaders extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    ObjectAttributes all = options.attributes();
                    ObjectAttributes kept = new ObjectAttributes(all.contentType(), all.metadata());
                    return super.put(key, content, new PutOptions(kept, options.condition(), options.expected()));
                }
            };
        }
    }

    /** Reports every object as new. */
    static final class ReportsEveryObjectAsNew extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    return new PutResult(super.put(key, content, options).info(), Optional.of(true));
                }
            };
        }
    }

    /** Stores objects on a disk that ignores case. */
    static final class IgnoresCase extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    return super.put(new ObjectKey(key.value().toLowerCase(Locale.ROOT)), content, options);
                }
            };
        }
    }

    /** Reports every key as deleted. */
    static final class ReportsMissingAsDeleted extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public List<DeleteResult> delete(List<ObjectKey> keys) {
                    super.delete(keys);
                    return keys.stream()
                            .<DeleteResult>map(DeleteResult.Deleted::new)
                            .toList();
                }
            };
        }
    }

    /** Ignores the ETag, as some S3 servers do. */
    static final class DeletesAnyVersion extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
                    return delete(List.copyOf(tags.keySet()));
                }
            };
        }
    }

    /** Drops the other attributes when it changes one of an object in place. */
    static final class DropsAttributesOnRewrite extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                    AttributeChanges changes = source.equals(target)
                            ? AttributeChanges.to(options.changes().applyTo(ObjectAttributes.DEFAULT))
                            : options.changes();
                    return super.copy(
                            source, target, new CopyOptions(options.condition(), options.ifSourceMatch(), changes));
                }
            };
        }
    }

    /** Copies an object onto itself by deleting and storing it. The gap lasts until a reader has seen it. */
    static final class DeletesAndPuts extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            CountDownLatch seen = new CountDownLatch(1);
            return new ForwardingObjectStore(correct) {
                @Override
                public Optional<ObjectInfo> stat(ObjectKey key) {
                    Optional<ObjectInfo> found = super.stat(key);
                    if (found.isEmpty()) {
                        seen.countDown();
                    }
                    return found;
                }

                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    try {
                        return super.read(key, options, reader);
                    } catch (NotFound missing) {
                        seen.countDown();
                        throw missing;
                    }
                }

                @Override
                public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                    if (!source.equals(target)) {
                        return super.copy(source, target, options);
                    }
                    ObjectKey kept = new ObjectKey(source + "-kept");
                    super.copy(source, kept, CopyOptions.DEFAULT);
                    delete(List.of(source));
                    await(seen);
                    ObjectInfo stored = super.copy(kept, target, options);
                    delete(List.of(kept));
                    return stored;
                }
            };
        }

        private static void await(CountDownLatch seen) {
            try {
                boolean unused = seen.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
