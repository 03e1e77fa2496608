package dev.stowage.testkit;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Stores that calculate a size or an offset with 32 bits, which are too few for objects of more than 2 GiB. */
final class SizeSabotages {

    private SizeSabotages() {}

    /** A store that can hold large objects. */
    static class Correct extends SabotagedContract {

        private final SparseStorage sparse = new SparseStorage();

        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return sparse.objects(correct);
        }

        @Override
        MultipartStore sabotage(MultipartStore correct) {
            return sparse.uploads(correct);
        }

        @Override
        public boolean holds(long size) {
            return true;
        }
    }

    /** Returns the size of a stored body with 31 bits. */
    static final class PutsIntSizes extends Correct {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(super.sabotage(correct)) {
                @Override
                public PutResult put(ObjectKey key, Content content, PutOptions options) {
                    PutResult stored = super.put(key, content, options);
                    return new PutResult(cut(stored.info()), stored.created());
                }
            };
        }
    }

    /** Lists sizes with 31 bits. */
    static final class ListsIntSizes extends Correct {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(super.sabotage(correct)) {
                @Override
                public ObjectPage list(ListQuery query) {
                    ObjectPage page = super.list(query);
                    List<ObjectSummary> objects = page.objects().stream()
                            .map(object -> new ObjectSummary(
                                    object.key(), cut(object.size()), object.etag(), object.lastModified()))
                            .toList();
                    return new ObjectPage(objects, page.commonPrefixes(), page.nextToken());
                }
            };
        }
    }

    /** Reads from an offset with 31 bits. */
    static final class ReadsAtIntOffsets extends Correct {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(super.sabotage(correct)) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(key, options, (info, span, body) -> {
                        long first = cut(span.offset());
                        ByteRange wrong = new ByteRange.Slice(first, first + span.length() - 1);
                        return super.read(
                                key, ReadOptions.of(wrong), (same, other, bytes) -> reader.read(info, span, bytes));
                    });
                }
            };
        }
    }

    /** Counts the bytes that are left to read with 32 bits, so that more than 2 GiB are less than none. */
    static final class ReadsIntLengths extends Correct {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(super.sabotage(correct)) {
                @Override
                public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
                    return super.read(
                            key,
                            options,
                            (info, span, body) -> reader.read(
                                    info, span, (int) span.length() < 0 ? InputStream.nullInputStream() : body));
                }
            };
        }
    }

    /** Adds the sizes of parts up with 31 bits. */
    static final class CompletesIntSizes extends Correct {
        @Override
        MultipartStore sabotage(MultipartStore correct) {
            return new ForwardingMultipartStore(super.sabotage(correct)) {
                @Override
                public ObjectInfo complete(
                        ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
                    return cut(super.complete(key, upload, parts, condition));
                }
            };
        }
    }

    private static long cut(long size) {
        return size & Integer.MAX_VALUE;
    }

    private static ObjectInfo cut(ObjectInfo info) {
        return new ObjectInfo(info.key(), cut(info.size()), info.etag(), info.lastModified(), info.attributes());
    }
}
