package dev.stowage.testkit;

import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.util.Optional;

/** The contract on a store with one defect. Not run by itself: {@link SabotageTest} sees to it that it fails. */
abstract class SabotagedContract extends StorageContract {

    /** The store with its defect. */
    abstract ObjectStore sabotage(ObjectStore sound);

    @Override
    protected final Storage open() {
        InMemoryStorage sound = new InMemoryStorage();
        ObjectStore sabotaged = sabotage(sound.objects());
        return new Storage() {
            @Override
            public ObjectStore objects() {
                return sabotaged;
            }

            @Override
            public MultipartStore uploads() {
                return sound.uploads();
            }

            @Override
            public String bucket() {
                return sound.bucket();
            }

            @Override
            public String description() {
                return sound.description();
            }

            @Override
            public Optional<UrlSigner> signer() {
                return sound.signer();
            }

            @Override
            public Optional<UrlVerifier> verifier() {
                return sound.verifier();
            }

            @Override
            public void check() {
                sound.check();
            }

            @Override
            public void close() {
                sound.close();
            }
        };
    }

    @Override
    public long leftovers() {
        return 0;
    }
}
