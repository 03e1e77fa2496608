package dev.stowage.testkit;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Stores with a defect in multipart uploads. */
final class PartSabotages {

    private static final int PAGE = 1000;

    private PartSabotages() {}

    /** Lists the first page of parts only. */
    static final class CutsPartsAt1000 extends SabotagedContract {
        @Override
        MultipartStore sabotage(MultipartStore correct) {
            return new ForwardingMultipartStore(correct) {
                @Override
                public Page<PartInfo, PartNumber> listParts(
                        ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
                    Page<PartInfo, PartNumber> page = super.listParts(key, upload, maxParts, after);
                    return page.items().size() == PAGE ? new Page<>(page.items(), Optional.empty()) : page;
                }
            };
        }
    }

    /** Lists the first page of uploads only. */
    static final class CutsUploadsAt1000 extends SabotagedContract {
        @Override
        MultipartStore sabotage(MultipartStore correct) {
            return new ForwardingMultipartStore(correct) {
                @Override
                public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
                    Page<UploadInfo, String> page = super.listUploads(prefix, maxUploads, token);
                    return page.items().size() == PAGE ? new Page<>(page.items(), Optional.empty()) : page;
                }
            };
        }
    }

    /** Reads the body of a part twice, as for a retry. */
    static final class OpensPartsTwice extends SabotagedContract {
        @Override
        MultipartStore sabotage(MultipartStore correct) {
            return new ForwardingMultipartStore(correct) {
                @Override
                public PartInfo putPart(
                        ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
                    super.putPart(key, upload, number, content, expected);
                    return super.putPart(key, upload, number, content, expected);
                }
            };
        }
    }

    /** Leaves a blob behind when a part fails, for example because its thread was interrupted. */
    static final class LeavesInterruptedParts extends SabotagedContract {

        private final AtomicLong strays = new AtomicLong();

        @Override
        MultipartStore sabotage(MultipartStore correct) {
            return new ForwardingMultipartStore(correct) {
                @Override
                public PartInfo putPart(
                        ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
                    strays.incrementAndGet();
                    PartInfo part = super.putPart(key, upload, number, content, expected);
                    strays.decrementAndGet();
                    return part;
                }
            };
        }

        @Override
        public long leftovers() {
            return strays.get();
        }
    }

    /** Uses the size of a part as its ETag. */
    static final class TagsPartsBySize extends SabotagedContract {
        @Override
        MultipartStore sabotage(MultipartStore correct) {
            return new ForwardingMultipartStore(correct) {
                @Override
                public PartInfo putPart(
                        ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
                    PartInfo part = super.putPart(key, upload, number, content, expected);
                    return new PartInfo(number, part.size(), tag(part), part.lastModified());
                }

                @Override
                public ObjectInfo complete(
                        ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
                    List<PartInfo> stored =
                            super.listParts(key, upload, PAGE, Optional.empty()).items();
                    List<PartTag> found = stored.stream()
                            .filter(part -> parts.contains(new PartTag(part.number(), tag(part))))
                            .map(part -> new PartTag(part.number(), part.etag()))
                            .toList();
                    return super.complete(key, upload, found, condition);
                }
            };
        }

        private static Etag tag(PartInfo part) {
            return new Etag("size-" + part.size());
        }
    }
}
