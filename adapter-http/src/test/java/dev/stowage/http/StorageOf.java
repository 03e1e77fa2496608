package dev.stowage.http;

import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import dev.stowage.testkit.InMemoryStorage;
import java.util.Optional;

/** A storage with the test's own object store, and without signed URLs. */
record StorageOf(ObjectStore objects) implements Storage {

    @Override
    public MultipartStore uploads() {
        return new InMemoryStorage().uploads();
    }

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

    @Override
    public String bucket() {
        return "files";
    }

    @Override
    public String description() {
        return "a store of a test";
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return Optional.empty();
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
}
