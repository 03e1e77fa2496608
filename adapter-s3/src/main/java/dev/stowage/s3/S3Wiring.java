package dev.stowage.s3;

import dev.stowage.core.adapter.BufferPool;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.UploadJournal;
import dev.stowage.core.port.UrlSigner;
import java.time.Duration;
import java.time.InstantSource;

/** Wires the adapter, and owns the shared buffers and threads. */
final class S3Wiring {

    private static final int UPLOAD_THREADS = 32;
    private static final int CALL_THREADS = 32;

    private final RequestThreads uploadWorkers = new RequestThreads("s3-upload", UPLOAD_THREADS);
    private final RequestThreads callWorkers = new RequestThreads("s3-call", CALL_THREADS);
    private final S3Config.UploadSizes sizes;
    private final Limits limits;
    private final StorageOpener.Environment environment;
    private final BufferPool buffers;
    private final ObjectStore objects;
    private final MultipartStore uploads;
    private final UrlSigner signer;

    S3Wiring(
            Connection connection,
            S3Config.UploadSizes sizes,
            Timeouts timeouts,
            Limits limits,
            StorageOpener.Environment environment) {
        this.sizes = sizes;
        this.limits = limits;
        this.environment = environment;
        this.buffers = new BufferPool(limits.bufferBudget(), timeouts.buffer());
        InstantSource clock = environment.clock();
        S3Head heads = new S3Head(connection);
        objects = objects(connection);
        UploadListing openUploads = new UploadListing(connection);
        uploads = new S3MultipartStore(
                connection,
                new S3PartPut(connection, environment.spools(), clock),
                new S3PartCopy(connection),
                new PartListing(connection, openUploads),
                openUploads,
                new UploadCompletion(connection, heads, clock),
                heads);
        signer = new S3UrlSigner(connection);
    }

    private ObjectStore objects(Connection connection) {
        InstantSource clock = environment.clock();
        UploadJournal journal = environment.journal();
        S3Head heads = new S3Head(connection);
        UploadCompletion completion = new UploadCompletion(connection, heads, clock);
        S3Put puts = new S3Put(
                new SinglePut(connection, heads, clock),
                new MultipartPut(connection, buffers, uploadWorkers, completion, journal),
                buffers,
                sizes);
        S3Copy copies = new S3Copy(
                connection,
                heads,
                new PartCopy(connection, callWorkers, completion, journal, limits.copyPartSize()),
                new S3Concatenation(connection, callWorkers, completion, journal, heads, limits.copyPartSize()),
                limits.singleCopy());
        return new S3ObjectStore(
                puts,
                new S3Get(connection, heads),
                heads,
                new S3Inspection(connection, callWorkers),
                new S3Delete(connection, heads, callWorkers),
                new S3List(connection),
                copies,
                fence -> objects(connection.under(fence)));
    }

    /**
     * Limits that are not settings.
     *
     * @param bufferBudget the memory for the parts of all uploads, in bytes
     * @param singleCopy the largest object that is copied by one request, in bytes
     * @param copyPartSize of larger ones, in bytes
     */
    record Limits(long bufferBudget, long singleCopy, long copyPartSize) {

        /** A quarter of the heap for buffers; copies within the limit of S3: 5 GiB by one request. */
        static Limits of(long heap) {
            return new Limits(Math.max(heap / 4, PartLimits.S3.minSize()), 5L << 30, 256L << 20);
        }
    }

    ObjectStore objects() {
        return objects;
    }

    MultipartStore uploads() {
        return uploads;
    }

    UrlSigner signer() {
        return signer;
    }

    /** Interrupts running requests, and waits for them no longer than {@code limit}. */
    void close(Duration limit) {
        uploadWorkers.close();
        callWorkers.close();
        try {
            if (uploadWorkers.awaitEnd(limit)) {
                callWorkers.awaitEnd(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
