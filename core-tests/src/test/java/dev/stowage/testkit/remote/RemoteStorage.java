package dev.stowage.testkit.remote;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that is reached through a {@link CallClient}, as far as the tests of failing connections use it. */
final class RemoteStorage extends ForwardingStorage {

    private final CallClient client;
    private final ObjectStore objects;
    private final MultipartStore uploads;

    RemoteStorage(Storage store, CallClient client) {
        super(store);
        this.client = client;
        this.objects = new Objects(store.objects());
        this.uploads = new Uploads(store.uploads());
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public MultipartStore uploads() {
        return uploads;
    }

    @Override
    public void check() {
        client.call(() -> true);
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Objects extends ForwardingObjectStore {

        Objects(ObjectStore store) {
            super(store);
        }

        @Override
        public PutResult put(ObjectKey key, Content content, PutOptions options) {
            try (ContentStream body = ContentStream.open(content, options.expected())) {
                return client.call(body, bytes -> super.put(key, Content.of(bytes), options));
            }
        }

        @Override
        public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
            ObjectInfo info = client.call(() -> super.stat(key).orElseThrow());
            byte[] bytes = readAll(key, options);
            return reader.read(info, ByteSpan.whole(bytes.length), new RemoteStream(bytes));
        }

        private byte[] readAll(ObjectKey key, ReadOptions options) {
            try {
                return super.read(key, options, (info, span, body) -> body.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<ObjectInfo> stat(ObjectKey key) {
            return client.call(() -> super.stat(key));
        }

        @Override
        public ObjectPage list(ListQuery query) {
            return client.call(() -> super.list(query));
        }

        @Override
        public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
            return client.call(() -> super.deleteMatching(tags));
        }
    }

    private final class Uploads extends ForwardingMultipartStore {

        Uploads(MultipartStore store) {
            super(store);
        }

        @Override
        public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
            return client.call(() -> super.complete(key, upload, parts, condition));
        }
    }

    /** Asks the server for each block. */
    private final class RemoteStream extends BodyStream {

        private final ByteArrayInputStream bytes;

        RemoteStream(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        protected int take(byte[] buffer, int offset, int length) {
            return client.call(() -> bytes.read(buffer, offset, length));
        }
    }
}
