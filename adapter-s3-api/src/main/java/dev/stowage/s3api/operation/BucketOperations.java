package dev.stowage.s3api.operation;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Scope;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.s3api.bucket.Bucket;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The operations on buckets themselves. Buckets are not created: they follow from the settings, and, where each project has one, from its
 * objects and from rights.
 */
final class BucketOperations {

    /** The most buckets in a list, as with S3. */
    private static final int MAX_BUCKETS = 10_000;

    /** The names of new buckets (Amazon S3 User Guide, "General purpose bucket naming rules"). */
    private static final Pattern NAME = Pattern.compile("(?!.*(\\.\\.|\\.-|-\\.))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private static final String REGION = "us-east-1";

    private static final String OBJECT_LOCK = "x-amz-bucket-object-lock-enabled";

    private final Files files;
    private final BucketLookup lookup;

    BucketOperations(Files files, BucketLookup lookup) {
        this.files = files;
        this.lookup = lookup;
    }

    /** HeadBucket: whether the caller can see the bucket. */
    void head(S3Call call) throws IOException {
        call.reply().header("x-amz-bucket-region", REGION);
        call.reply().empty(200);
    }

    /** CreateBucket: a success for a bucket that the caller can see, as S3 answers its owner in its oldest region. */
    void create(S3Call call) throws IOException {
        ObjectHeaders.refuseUnsupported(call.headers());
        call.headers().get(OwnershipControls.HEADER).ifPresent(OwnershipControls::check);
        call.headers()
                .get(OBJECT_LOCK)
                .filter(value -> value.strip().equalsIgnoreCase("true"))
                .ifPresent(wanted -> {
                    throw S3ErrorException.notImplemented("The header " + OBJECT_LOCK);
                });
        String name = call.bucket().name();
        if (!NAME.matcher(name).matches() || ADDRESS.matcher(name).matches()) {
            throw new S3ErrorException(S3ErrorCode.INVALID_BUCKET_NAME, "The specified bucket is not valid.")
                    .with("BucketName", name);
        }
        call.reply().header("Location", "/" + call.bucket().name());
        call.reply().empty(200);
    }

    /** DeleteBucket: an empty bucket is as good as deleted. */
    void delete(S3Call call) throws IOException {
        ObjectPage page =
                files.list(call.caller(), new ListQuery(call.bucket().prefix(), Optional.empty(), 1, Optional.empty()));
        while (page.objects().isEmpty() && page.nextToken().isPresent()) {
            page = files.list(
                    call.caller(), new ListQuery(call.bucket().prefix(), Optional.empty(), 1, page.nextToken()));
        }
        if (!page.objects().isEmpty()) {
            throw new S3ErrorException(S3ErrorCode.BUCKET_NOT_EMPTY, "The bucket you tried to delete is not empty");
        }
        call.reply().empty(204);
    }

    /** GetBucketLocation: empty is the region that clients use by default. */
    void location(S3Call call) throws IOException {
        call.reply().xml(200, "LocationConstraint", document -> {});
    }

    /** ListBuckets: those in which the caller has any right, by name. */
    void list(S3Call call) throws IOException {
        int max = call.query()
                .text("max-buckets")
                .map(text -> Math.max(1, ListParameters.number("max-buckets", text)))
                .orElse(MAX_BUCKETS);
        String prefix = call.query().get("prefix").orElse("");
        Optional<String> after = call.query().text("continuation-token");
        List<Bucket> all = visible(call.caller()).stream()
                .filter(bucket -> bucket.name().startsWith(prefix))
                .filter(bucket -> after.isEmpty() || Utf8Order.compare(bucket.name(), after.get()) > 0)
                .limit(max + 1L)
                .toList();
        List<Bucket> page = all.subList(0, Math.min(max, all.size()));
        call.reply().xml(200, "ListAllMyBucketsResult", document -> {
            document.owner("Owner")
                    .element(
                            "Buckets",
                            buckets -> page.forEach(bucket -> buckets.element(
                                    "Bucket",
                                    one -> one.text("Name", bucket.name())
                                            .text("CreationDate", HttpTime.document(Instant.EPOCH))
                                            .text("BucketRegion", REGION))));
            if (all.size() > page.size()) {
                document.text("ContinuationToken", page.get(page.size() - 1).name());
            }
            if (!prefix.isEmpty()) {
                document.text("Prefix", prefix);
            }
        });
    }

    private List<Bucket> visible(Principal caller) {
        Map<String, Bucket> byName = new TreeMap<>(Comparator.comparing((String name) -> name, Utf8Order::compare));
        Stream<Bucket> ofScopes = caller.rights().scopes().stream()
                .flatMap(scope -> scope instanceof Scope.Project project
                        ? lookup.buckets().ofProject(project.id()).stream()
                        : Stream.empty());
        Stream.concat(lookup.buckets().fixed().stream(), ofScopes)
                .filter(bucket -> bucket.isVisibleTo(caller, lookup.layout()))
                .forEach(bucket -> byName.put(bucket.name(), bucket));
        if (caller.rights().scopes().stream().anyMatch(Scope.Everything.class::isInstance)) {
            lookup.buckets().parents().forEach(parent -> addFolders(caller, parent, byName));
        }
        return List.copyOf(byName.values());
    }

    /** Adds a bucket for each folder of a parent, which may be many. */
    private void addFolders(Principal caller, KeyPrefix parent, Map<String, Bucket> byName) {
        Optional<String> token = Optional.empty();
        do {
            ObjectPage page = files.list(caller, new ListQuery(parent, Optional.of("/"), ListQuery.MAX_KEYS, token));
            page.commonPrefixes().stream()
                    .flatMap(folder -> lookup.buckets().ofFolder(parent, folder).stream())
                    .forEach(bucket -> byName.put(bucket.name(), bucket));
            token = page.nextToken();
        } while (token.isPresent() && byName.size() < MAX_BUCKETS);
    }
}
