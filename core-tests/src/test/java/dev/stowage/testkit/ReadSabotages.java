package dev.stowage.testkit;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores with a defect in reading or listing. */
final class ReadSabotages {

    private ReadSabotages() {}

    /** Wraps the reader's exception. */
    static final class WrapsTheReadersFailure extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) {
                    try {
                        return super.read(key, options, reader);
                    } catch (IOException e) {
                        throw new StorageUnavailable("The store failed", e);
                    }
                }
            };
        }
    }

    /** Reports outdated properties of an object that is read again. */
    static final class ReportsAnotherVersion extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            Map<ObjectKey, ObjectInfo> known = new ConcurrentHashMap<>();
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(key, options, (info, span, body) -> {
                        ObjectInfo first = known.putIfAbsent(key, info);
                        return reader.read(first == null ? info : first, span, body);
                    });
                }
            };
        }
    }

    /** Returns all bytes for a range. */
    static final class IgnoresRanges extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(key, new ReadOptions(Optional.empty(), options.ifMatch()), reader);
                }
            };
        }
    }

    /** Leaves its streams open. */
    static final class LeavesStreamsOpen extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(
                            key,
                            options,
                            (info, span, body) ->
                                    reader.read(info, span, new ByteArrayInputStream(body.readAllBytes())));
                }
            };
        }
    }

    /** Rejects a suffix that is longer than the object. */
    static final class RefusesLongSuffixes extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    if (options.range().orElse(new ByteRange.From(0)) instanceof ByteRange.Suffix suffix
                            && suffix.length() > stat(key).orElseThrow().size()) {
                        throw new RangeNotSatisfiable(stat(key).orElseThrow().size());
                    }
                    return super.read(key, options, reader);
                }
            };
        }
    }

    /** Sorts keys in the order of Java strings. */
    static final class ListsInUtf16Order extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return listing(correct, page -> {
                List<ObjectSummary> sorted = page.objects().stream()
                        .sorted(Comparator.comparing(object -> object.key().value()))
                        .toList();
                return new ObjectPage(sorted, page.commonPrefixes(), page.unaddressable(), page.nextToken());
            });
        }
    }

    /** Considers a page that is not full to be the last one. */
    static final class StopsBeforeTheLastPage extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return listing(
                    correct,
                    page -> page.objects().isEmpty()
                            ? new ObjectPage(page.objects(), page.commonPrefixes(), Optional.empty())
                            : page);
        }
    }

    /** Starts from the beginning when a token is not valid. */
    static final class TakesAnyToken extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public ObjectPage list(ListQuery query) {
                    try {
                        return super.list(query);
                    } catch (InvalidInput e) {
                        return super.list(
                                new ListQuery(query.prefix(), query.delimiter(), query.maxKeys(), Optional.empty()));
                    }
                }
            };
        }
    }

    /** Calculates offsets with 32 bits. */
    static final class CountsWith32Bits extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(
                            key,
                            new ReadOptions(options.range().map(CountsWith32Bits::cut), options.ifMatch()),
                            reader);
                }
            };
        }

        private static ByteRange cut(ByteRange range) {
            return range instanceof ByteRange.From from ? new ByteRange.From(from.first() & 0xFFFF_FFFFL) : range;
        }
    }

    /** Loses the token of a page with 1000 entries, the most that its server returns. */
    static final class LosesTokenAt1000 extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return listing(
                    correct,
                    page -> page.objects().size() == ListQuery.MAX_KEYS
                            ? new ObjectPage(page.objects(), page.commonPrefixes(), Optional.empty())
                            : page);
        }
    }

    /** Fails to list names that other clients have written. */
    static final class FailsOnForeignNames extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return listing(correct, page -> {
                for (ObjectSummary object : page.objects()) {
                    if (object.key().value().endsWith("/")
                            || object.key().value().contains("//")) {
                        throw new IllegalArgumentException("no such name: " + object.key());
                    }
                }
                return page;
            });
        }
    }

    /** Clears the interrupt flag. */
    static final class SwallowsInterrupts extends SabotagedContract {
        @Override
        @SuppressWarnings("ResultOfMethodCallIgnored")
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public Optional<ObjectInfo> stat(ObjectKey key) {
                    Thread.interrupted();
                    return super.stat(key);
                }
            };
        }
    }

    private static ObjectStore listing(ObjectStore correct, UnaryOperator<ObjectPage> change) {
        return new ForwardingObjectStore(correct) {
            @Override
            public ObjectPage list(ListQuery query) {
                return change.apply(super.list(query));
            }
        };
    }
}
