package dev.stowage.s3;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.PutOptions;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Stores an object by one request. */
final class SinglePut {

    /**
     * The size in bytes from which a condition is checked before the request, so that no large body is sent in vain, and because
     * a store that refuses one often closes the connection before its response can be read.
     */
    private static final long CHECK_FIRST_FROM = 16 << 10;

    private final Connection connection;
    private final S3Head heads;
    private final LostResponses lostAnswers;
    private final InstantSource clock;

    SinglePut(Connection connection, S3Head heads, InstantSource clock) {
        this.connection = connection;
        this.heads = heads;
        this.lostAnswers = new LostResponses(heads);
        this.clock = clock;
    }

    ObjectInfo put(ObjectKey key, RequestPayload body, PutOptions options) {
        WriteConditionHeaders conditions = WriteConditionHeaders.of(options.condition());
        if (conditions.any() && body.length() > CHECK_FIRST_FROM) {
            conditions.check(key, heads.find(key));
        }
        WriteId id = WriteId.random();
        StoredAttributes attributes = StoredAttributes.of(options.attributes());
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .ifMatch(conditions.ifMatch())
                .ifNoneMatch(conditions.ifNoneMatch());
        (conditions.any() ? attributes.marked(id) : attributes).describe(request);
        AtomicBoolean sent = new AtomicBoolean();
        S3Client client = body.replayable() ? connection.bulk() : connection.once();
        try {
            PutObjectResponse answer = client.putObject(request.build(), body.request(sent));
            return new ObjectInfo(
                    key,
                    body.length(),
                    Responses.etag(answer.eTag(), body.length()),
                    Responses.time(answer, clock),
                    options.attributes());
        } catch (RuntimeException e) {
            if (!conditions.any()) {
                throw S3Errors.translate(e, Target.of(key));
            }
            return sent.get() ? stored(key, id, conditions, e) : refused(key, conditions, e);
        }
    }

    private ObjectInfo stored(ObjectKey key, WriteId id, WriteConditionHeaders conditions, RuntimeException failure) {
        StorageException meaning = conditions.translate(failure, Target.of(key));
        return Responses.info(key, lostAnswers.find(key, failure, meaning, head -> id.marks(head.metadata())));
    }

    /** Nothing was stored. A store may close the connection before its refusal can be read, so the condition is checked again. */
    private ObjectInfo refused(ObjectKey key, WriteConditionHeaders conditions, RuntimeException failure) {
        StorageException meaning = conditions.translate(failure, Target.of(key));
        if (meaning instanceof StorageUnavailable && !Thread.currentThread().isInterrupted()) {
            conditions.check(key, heads.find(key));
        }
        throw meaning;
    }
}
