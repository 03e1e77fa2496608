package dev.stowage.app.adapter;

import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.ForwardingStorage;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.util.Optional;

/** A store whose calls run with the class loader of its adapter as the context class loader. */
final class IsolatedStorage extends ForwardingStorage {

    private final AdapterCode code;

    IsolatedStorage(Storage storage, AdapterCode code) {
        super(storage);
        this.code = code;
    }

    @Override
    public ObjectStore objects() {
        return new IsolatedObjects(super.objects(), code);
    }

    @Override
    public MultipartStore uploads() {
        return new IsolatedUploads(super.uploads(), code);
    }

    @Override
    public String bucket() {
        return code.call(super::bucket);
    }

    @Override
    public String description() {
        return code.call(super::description);
    }

    @Override
    public Optional<UrlSigner> signer() {
        return super.signer().map(signer -> (grant, expiresIn) -> code.call(() -> signer.sign(grant, expiresIn)));
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return super.verifier()
                .map(verifier -> (method, key, query) -> code.call(() -> verifier.verify(method, key, query)));
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return super.maintenance().map(maintenance -> () -> code.call(maintenance::sweep));
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return super.journal().map(journal -> new IsolatedJournal(journal, code));
    }

    @Override
    public void check() {
        code.run(super::check);
    }

    @Override
    public void close() {
        code.run(super::close);
    }
}
