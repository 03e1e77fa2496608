package dev.stowage.testkit;

import dev.stowage.core.object.ChecksumAlgorithm;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of which this process computes cryptographic digests, for tests of what a request costs. Until it is closed, it is the
 * preferred provider of MD5, SHA-1, SHA-256 and SHA-512; it passes the bytes on to the provider that was preferred before. For one test at a
 * time.
 */
public final class HashedBytes implements AutoCloseable {

    private static final String NAME = "HashedBytes";

    /** The names of {@link MessageDigest}. */
    private static final Map<ChecksumAlgorithm, String> COUNTED = Map.of(
            ChecksumAlgorithm.MD5, "MD5",
            ChecksumAlgorithm.SHA1, "SHA-1",
            ChecksumAlgorithm.SHA256, "SHA-256",
            ChecksumAlgorithm.SHA512, "SHA-512");

    private final Map<ChecksumAlgorithm, AtomicLong> counts = new EnumMap<>(ChecksumAlgorithm.class);

    private HashedBytes() {}

    /** Begins to count. @throws IllegalStateException when another one counts already */
    public static HashedBytes count() {
        HashedBytes bytes = new HashedBytes();
        CountingProvider provider = new CountingProvider();
        COUNTED.forEach((algorithm, name) -> {
            AtomicLong count = new AtomicLong();
            bytes.counts.put(algorithm, count);
            provider.add(name, count);
        });
        if (Security.insertProviderAt(provider, 1) < 0) {
            throw new IllegalStateException("another test counts digests at the same time");
        }
        return bytes;
    }

    /** Returns how many bytes were hashed so far. */
    public long of(ChecksumAlgorithm algorithm) {
        AtomicLong count = counts.get(algorithm);
        if (count == null) {
            throw new IllegalArgumentException(algorithm.id() + " is not counted");
        }
        return count.get();
    }

    @Override
    public void close() {
        Security.removeProvider(NAME);
    }

    private static final class CountingProvider extends Provider {

        private static final long serialVersionUID = 1;

        CountingProvider() {
            super(NAME, "1", "Counts the bytes of digests");
        }

        void add(String algorithm, AtomicLong count) {
            Provider preferred = digest(algorithm).getProvider();
            putService(
                    new Service(this, "MessageDigest", algorithm, CountingDigest.class.getName(), List.of(), Map.of()) {
                        @Override
                        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                            return new CountingDigest(MessageDigest.getInstance(algorithm, preferred), count);
                        }
                    });
        }

        private static MessageDigest digest(String algorithm) {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + algorithm, e);
            }
        }
    }

    private static final class CountingDigest extends MessageDigestSpi {

        private final MessageDigest digest;
        private final AtomicLong count;

        CountingDigest(MessageDigest digest, AtomicLong count) {
            this.digest = digest;
            this.count = count;
        }

        @Override
        protected void engineUpdate(byte input) {
            count.incrementAndGet();
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            count.addAndGet(length);
            digest.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            digest.reset();
        }
    }
}
