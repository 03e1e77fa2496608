package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Keys;
import dev.stowage.it.service.KilledClients;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.S3Clients;
import dev.stowage.it.service.ServiceProcess;
import dev.stowage.it.store.OpenUploads;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * {@code kill -9} at random points while clients of the S3 API store objects and multipart uploads: everything acknowledged is stored,
 * every upload can be completed, and nothing is left in the store. Run by {@code it-tests/crash}.
 */
@Tag("heavy")
class S3CrashIT extends ServiceSuite {

    private static final int ROUNDS = Integer.getInteger("stowage.crash.rounds", 2);
    /** Of the clients. A single round runs beside other tests, to which it leaves time. */
    private static final Duration PAUSE = ROUNDS > 1 ? Duration.ZERO : Duration.ofMillis(50);

    private static final int CLIENTS_OF_EACH_KIND = 2;
    private static final int MIB = 1 << 20;
    private static final List<byte[]> PARTS = List.of(bytes(5 * MIB), bytes(1000));
    private static final String BUCKET = "files";
    private static final Map<String, String> S3_API = Map.of("S3_API_PORT", "0", "S3_API_BUCKETS", BUCKET + "=");
    private static final Map<String, String> SWEEPING =
            Map.of("S3_API_PORT", "0", "S3_API_BUCKETS", BUCKET + "=", "SWEEP_INTERVAL", "1s");

    /** Longer than it takes until the leftovers of a crashed process are deleted, once its lease has expired. */
    private static final Duration CLEAN = Duration.ofSeconds(60);

    private final Map<String, Integer> objects = new ConcurrentHashMap<>();
    private final Queue<Upload> begun = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    /**
     * A client's view of an upload.
     *
     * @param acknowledged the ETags of parts by their numbers
     */
    private record Upload(String key, String id, Map<Integer, String> acknowledged) {

        static Upload create(S3Client client, String key) {
            String id = client.createMultipartUpload(
                            create -> create.bucket(BUCKET).key(key))
                    .uploadId();
            return new Upload(key, id, new ConcurrentHashMap<>());
        }

        void putMissing(S3Client client) {
            for (int i = 0; i < PARTS.size(); i++) {
                int number = i + 1;
                if (!acknowledged.containsKey(number)) {
                    acknowledged.put(
                            number,
                            client.uploadPart(
                                            part -> part.bucket(BUCKET)
                                                    .key(key)
                                                    .uploadId(id)
                                                    .partNumber(number),
                                            RequestBody.fromBytes(PARTS.get(i)))
                                    .eTag());
                }
            }
        }

        void complete(S3Client client) {
            List<CompletedPart> parts = acknowledged.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(part -> CompletedPart.builder()
                            .partNumber(part.getKey())
                            .eTag(part.getValue())
                            .build())
                    .toList();
            client.completeMultipartUpload(complete -> complete.bucket(BUCKET)
                    .key(key)
                    .uploadId(id)
                    .multipartUpload(
                            CompletedMultipartUpload.builder().parts(parts).build()));
        }

        /** Resumes the upload as its client would. One that was completed before the crash is completed once more. */
        void finish(S3Client client) throws InterruptedException {
            try {
                Map<Integer, String> stored = new HashMap<>();
                for (Part part : client.listParts(
                                list -> list.bucket(BUCKET).key(key).uploadId(id))
                        .parts()) {
                    stored.put(part.partNumber(), part.eTag());
                }
                assertThat(stored).as(key).containsAllEntriesOf(acknowledged);
                putMissing(client);
            } catch (NoSuchUploadException completing) {
                assertThat(acknowledged).as(key).hasSameSizeAs(PARTS);
            }
            for (int attempt = 0; ; attempt++) {
                try {
                    complete(client);
                    return;
                } catch (S3Exception stillCompleting) {
                    if (stillCompleting.statusCode() != 409 || attempt == 100) {
                        throw stillCompleting;
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        }
    }

    @Test
    void acknowledgedObjectsAndParts_surviveKills_andNothingIsLeft() throws Exception {
        Random random = new Random(42);
        int finished = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ServiceProcess service = stand.another(folder, S3_API, ServiceProcess.SHORT_LIVED);
            finished += finishAll(service);
            sendUntilKilled(service, round, 200 + random.nextInt(1300));
        }
        stand.leases(folder).expire(Set.of());

        try (OpenUploads open = stand.openUploads(folder);
                RunningService service = stand.another(folder, SWEEPING)) {
            finished += finishAll(service);
            try (S3Client client = client(service)) {
                objects.forEach(
                        (key, size) -> assertThat(read(client, key)).as(key).isEqualTo(bytes(size)));
            }
            assertThat(finished).isGreaterThan(ROUNDS);
            assertThat(objects).hasSizeGreaterThan(ROUNDS);
            open.awaitNone(key(""), CLEAN);
        }
    }

    private static S3Client client(RunningService service) {
        return S3Clients.open(service.s3Address(), new Keys.Pair("", "any", "any"));
    }

    private void sendUntilKilled(ServiceProcess service, int round, int millis) throws InterruptedException {
        KilledClients clients = new KilledClients(SdkException.class, PAUSE);
        try (S3Client client = client(service)) {
            for (int i = 0; i < CLIENTS_OF_EACH_KIND; i++) {
                String name = round + "-" + i;
                clients.add(number -> put(client, name, number));
                clients.add(number -> upload(client, name, number));
            }
            int stored = (round + 1) * CLIENTS_OF_EACH_KIND;
            clients.run(service, () -> begun.size() >= CLIENTS_OF_EACH_KIND && objects.size() >= stored, millis);
        }
    }

    private void put(S3Client client, String name, int number) {
        String key = key("object-" + name + "-" + number);
        int size = number % 10 == 1 ? 6 * MIB : 1000 + number;
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes(size)));
        objects.put(key, size);
    }

    private void upload(S3Client client, String name, int number) {
        Upload upload = Upload.create(client, key("upload-" + name + "-" + number));
        begun.add(upload);
        upload.putMissing(client);
        upload.complete(client);
    }

    /** Finishes acknowledged uploads, and aborts those whose creation was not acknowledged. */
    private int finishAll(RunningService service) throws InterruptedException {
        try (S3Client client = client(service)) {
            for (Upload upload : begun) {
                upload.finish(client);
                assertThat(read(client, upload.key())).as(upload.key()).isEqualTo(whole());
            }
            for (MultipartUpload open : listed(client)) {
                assertThat(begun).noneMatch(upload -> upload.id().equals(open.uploadId()));
                client.abortMultipartUpload(
                        abort -> abort.bucket(BUCKET).key(open.key()).uploadId(open.uploadId()));
            }
            assertThat(listed(client)).isEmpty();
        }
        int finished = begun.size();
        begun.clear();
        return finished;
    }

    private List<MultipartUpload> listed(S3Client client) {
        return client.listMultipartUploads(list -> list.bucket(BUCKET).prefix(key("")))
                .uploads();
    }

    private static byte[] read(S3Client client, String key) {
        return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
    }

    private static byte[] whole() {
        ByteBuffer whole =
                ByteBuffer.allocate(PARTS.stream().mapToInt(part -> part.length).sum());
        PARTS.forEach(whole::put);
        return whole.array();
    }
}
