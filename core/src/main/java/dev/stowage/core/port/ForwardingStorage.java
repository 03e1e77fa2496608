package dev.stowage.core.port;

import java.util.Optional;

/** A storage that forwards each call to another storage and closes it. Decorators extend it and override what they change. */
public abstract class ForwardingStorage implements Storage {

    private final Storage delegate;

    /** @param delegate the storage that receives the calls */
    protected ForwardingStorage(Storage delegate) {
        this.delegate = delegate;
    }

    @Override
    public ObjectStore objects() {
        return delegate.objects();
    }

    @Override
    public MultipartStore uploads() {
        return delegate.uploads();
    }

    @Override
    public String bucket() {
        return delegate.bucket();
    }

    @Override
    public String description() {
        return delegate.description();
    }

    @Override
    public Optional<UrlSigner> signer() {
        return delegate.signer();
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return delegate.verifier();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return delegate.maintenance();
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return delegate.journal();
    }

    @Override
    public void check() {
        delegate.check();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
