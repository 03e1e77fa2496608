package dev.stowage.core.quota;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import dev.stowage.core.port.records.UploadSessions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Multipart uploads whose objects are counted when they are completed. Parts use no quota, but a part is rejected if its upload would
 * exceed the quota as it is now. The completion decides.
 */
final class QuotaUploads extends ForwardingMultipartStore {

    private static final int PAGE = 1000;

    private final MultipartStore store;
    private final UploadSessions sessions;
    private final ProjectQuotas quotas;
    private final ProjectUsage usage;
    private final QuotaLedger writes;

    QuotaUploads(
            MultipartStore store,
            UploadSessions sessions,
            ProjectQuotas quotas,
            ProjectUsage usage,
            QuotaLedger writes) {
        super(store);
        this.store = store;
        this.sessions = sessions;
        this.quotas = quotas;
        this.usage = usage;
        this.writes = writes;
    }

    /** @throws QuotaExceeded when the total size of the upload's parts, including this one, exceeds the quota */
    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        Optional<Quota> quota = quotas.of(key).filter(found -> found.limit().isPresent());
        if (quota.isEmpty()) {
            return store.putPart(key, upload, number, content, expected);
        }
        QuotaSnapshot room = room(key, quota.get(), upload, number, content.length());
        room.check(content.length().orElse(0));
        return store.putPart(key, upload, number, room.guard(content), expected);
    }

    /** @throws QuotaExceeded when the total size of the upload's parts, including this one, exceeds the quota */
    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        long size = source.bytes().length();
        quotas.of(key)
                .filter(quota -> quota.limit().isPresent())
                .ifPresent(quota ->
                        room(key, quota, upload, number, OptionalLong.of(size)).check(size));
        return store.copyPart(key, upload, number, source);
    }

    /** @throws QuotaExceeded when the object exceeds the quota; the upload stays open */
    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        Optional<Quota> quota = quotas.of(key);
        if (quota.isEmpty()) {
            return store.complete(key, upload, parts, condition);
        }
        long size = quota.get().limit().isPresent() ? size(key, upload, parts) : 0;
        return writes.write(
                key, quota.get(), size, allowance -> store.complete(key, upload, parts, condition), ObjectInfo::size);
    }

    /** Returns the quota left for a part, in addition to the upload's other parts. */
    private QuotaSnapshot room(ObjectKey key, Quota quota, UploadId upload, PartNumber number, OptionalLong length) {
        long stored = sessions.find(key, upload)
                .map(session -> sessions.progress(session).bytes())
                .orElse(0L);
        QuotaSnapshot room = QuotaSnapshot.of(usage, key, quota).plus(-stored);
        // Only now it matters whether the part replaces one of the others.
        return length.orElse(Long.MAX_VALUE) > room.left() ? room.plus(replaced(key, upload, number)) : room;
    }

    private long replaced(ObjectKey key, UploadId upload, PartNumber number) {
        Optional<PartNumber> before =
                number.value() == 1 ? Optional.empty() : Optional.of(new PartNumber(number.value() - 1));
        return store.listParts(key, upload, 1, before).items().stream()
                .filter(part -> part.number().equals(number))
                .mapToLong(PartInfo::size)
                .sum();
    }

    /** Returns the total size of those parts that the store has. The store itself rejects the others. */
    private long size(ObjectKey key, UploadId upload, List<PartTag> parts) {
        Set<PartNumber> chosen = parts.stream().map(PartTag::number).collect(Collectors.toSet());
        return Page.all((Optional<PartNumber> after) -> store.listParts(key, upload, PAGE, after))
                .filter(part -> chosen.contains(part.number()))
                .mapToLong(PartInfo::size)
                .sum();
    }
}
