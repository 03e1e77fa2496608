package dev.stowage.sftp;

import dev.stowage.core.adapter.LentBody;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.TagMeaning;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Objects in files. A file with the name of an object is always complete, as it was written under another name. */
final class SftpObjects implements ObjectStore {

    private final SftpFiles files;
    private final Fence fence;

    SftpObjects(SftpFiles files, Fence fence) {
        this.files = files;
        this.fence = fence;
    }

    /** A file can be created or replaced in one step, but not be replaced depending on what it is at that moment. */
    @Override
    public Set<Capability> capabilities() {
        return files.capabilities();
    }

    @Override
    public ObjectStore under(Fence closing) {
        return new SftpObjects(files, closing);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        files.checkSupported(options.condition());
        String version = UUID.randomUUID().toString();
        try (NewFile file = files.create();
                ContentStream body = ContentStream.open(content, options.expected())) {
            Header header = file.receive(body, options.attributes(), version, files.clock());
            files.publish(file, version, key, options.condition(), fence);
            return PutResult.under(options.condition(), header.info(key));
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        OpenFile file = files.connections().hold(Deadline.ofCall(), remote -> files.open(remote, key, Remote.BLOCK));
        try (Remote remote = file.remote();
                file) {
            Header header = file.header();
            checkMatch(key, header, options.ifMatch());
            ByteSpan span = options.range()
                    .map(range -> range.resolve(header.size()))
                    .orElseGet(() -> ByteSpan.whole(header.size()));
            remote.withoutDeadline();
            OpenFile.Body bytes = file.body(span);
            try (LentBody body = new LentBody(bytes, span.length(), bytes::close, SftpObjects::failure)) {
                return reader.read(header.info(key), span, body);
            }
        }
    }

    private static StorageException failure(RuntimeException failure) {
        return failure instanceof StorageException known
                ? known
                : new StorageUnavailable("The SFTP server ended the transfer early. Try again.", failure);
    }

    private static void checkMatch(ObjectKey key, Header header, Optional<Etag> expected) {
        if (expected.isPresent() && !expected.get().equals(header.etag())) {
            throw new PreconditionFailed("The file at " + key + " has another ETag", key.value());
        }
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return header(key).map(header -> header.info(key));
    }

    /** Every ETag was computed from the bytes, as by S3. */
    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return header(key)
                .map(header -> new ObjectRecord(header.info(key), header.partSizes(), List.of(), TagMeaning.DIGEST));
    }

    private Optional<Header> header(ObjectKey key) {
        return files.connections()
                .call(
                        Deadline.ofCall(),
                        remote -> files.header(remote, files.objects().path(key)));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        try {
            return files.connections().once(Deadline.ofCall(), remote -> new Deletion(files, fence, remote).of(keys));
        } catch (StorageException e) {
            return keys.stream()
                    .<DeleteResult>map(key -> new DeleteResult.Failed(key, e))
                    .toList();
        }
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        throw new NotSupported("The SFTP server can't delete a file under a condition");
    }

    @Override
    public ObjectPage list(ListQuery query) {
        Listing listing = new Listing(files, query);
        return files.connections().call(Deadline.ofCall(), listing::page);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        options.check(source, target);
        files.checkSupported(options.condition());
        String version = UUID.randomUUID().toString();
        try (NewFile file = files.create();
                OpenFile from = files.open(file.remote(), source, Header.USUAL)) {
            checkMatch(source, from.header(), options.ifSourceMatch());
            Header copied = from.header();
            Header header = Header.of(
                    copied.size(),
                    files.clock().instant(),
                    version,
                    copied.etag(),
                    options.changesTo(copied.info(source), target).applyTo(copied.attributes()),
                    copied.partSizes());
            file.begin(header);
            file.copy(from, header.length());
            file.finish();
            files.publish(file, version, target, options.condition(), fence);
            return header.info(target);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        throw new NotSupported("Files on an SFTP server are copied one by one");
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        // The ETag is the MD5 of all bytes, so they have to be read.
        return Optional.empty();
    }
}
