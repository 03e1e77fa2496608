package com.example.stowage;

import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.time.InstantSource;
import java.util.Optional;

/** The open store. This one keeps everything in memory; yours has the client of your store here. */
final class ExampleStorage implements Storage {

    private final ExampleConfig config;
    private final ExampleObjects objects;
    private final ExampleUploads uploads;

    ExampleStorage(ExampleConfig config, InstantSource clock) {
        this.config = config;
        this.objects = new ExampleObjects(clock);
        this.uploads = new ExampleUploads(objects, clock);
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
        return config.bucket();
    }

    @Override
    public String description() {
        return "example bucket " + config.bucket() + ", in memory";
    }

    /** Without a signer, the presign endpoints answer 501. */
    @Override
    public Optional<UrlSigner> signer() {
        return Optional.empty();
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.empty();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.empty();
    }

    /** The service records changes by itself. */
    @Override
    public Optional<ChangeJournal> journal() {
        return Optional.empty();
    }

    /** Ask your store for something cheap here, such as whether the bucket exists. */
    @Override
    public void check() {
        objects.checkOpen();
    }

    @Override
    public void close() {
        objects.close();
    }
}
