package dev.stowage.local;

import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import dev.stowage.local.blob.BlobStore;
import dev.stowage.local.index.Index;
import dev.stowage.local.index.ObjectIndex;
import dev.stowage.local.index.UploadIndex;
import dev.stowage.local.url.LocalUrlSigner;
import java.nio.file.Path;
import java.util.Optional;

/** The embedded store, opened. */
final class LocalStorage implements Storage {

    private final Path folder;
    private final BlobStore blobs;
    private final Index index;
    private final ObjectStore objects;
    private final MultipartStore uploads;
    private final LocalMaintenance maintenance;
    private final LocalUrlSigner urls;
    private final LocalJournal journal;

    LocalStorage(Environment environment, PartLimits limits, BlobStore blobs, Index index, LocalUrlSigner urls) {
        folder = environment.dataDirectory();
        this.blobs = blobs;
        this.index = index;
        this.urls = urls;
        BlobGarbage garbage = new BlobGarbage(index, blobs);
        ObjectWriter writer = new ObjectWriter(index, blobs, garbage);
        ObjectIndex objectIndex = new ObjectIndex(environment.clock());
        ObjectOpener opener = new ObjectOpener(index, objectIndex, blobs, garbage);
        objects = new LocalObjectStore(
                index,
                objectIndex,
                writer,
                opener,
                garbage,
                new ObjectConcatenation(index, objectIndex, blobs, garbage),
                environment.origins());
        UploadIndex uploadIndex = new UploadIndex(environment.clock(), limits);
        uploads = new LocalMultipartStore(
                index,
                uploadIndex,
                limits,
                writer,
                new LinkedParts(index, objectIndex, uploadIndex, blobs),
                garbage,
                environment.origins());
        maintenance = new LocalMaintenance(index, blobs, garbage);
        journal = new LocalJournal(index);
    }

    /** Cleans up after the last process that used the folder. */
    void recover() {
        maintenance.recover();
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
    public String bucket() {
        return "local";
    }

    @Override
    public String description() {
        return "local folder " + folder;
    }

    @Override
    public Optional<UrlSigner> signer() {
        return Optional.of(urls);
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.of(urls);
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(maintenance);
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return Optional.of(journal);
    }

    @Override
    public void check() {
        index.check();
        blobs.check();
    }

    @Override
    public void close() {
        index.close();
        blobs.close();
    }
}
