package dev.stowage.http.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobProgress;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobStatus;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.Metadata;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job, as clients see it. */
@OpenApiName("Job")
record JobView(
        @OpenApiExample(ApiDoc.JOB_ID_EXAMPLE) String id,
        @OpenApiExample("copy") String operation,

        @OpenApiDescription("queued, running, paused, succeeded, partially_failed, failed or cancelled")
        @OpenApiExample("running")
        String state,

        Source source,

        @OpenApiNullable @OpenApiDescription("Null if the operation has no target") @Nullable
        Target target,

        Options options,

        @OpenApiName("created_at") @OpenApiExample(JobDoc.AT)
        Instant createdAt,

        @OpenApiName("started_at")
        @OpenApiNullable
        @OpenApiDescription("Null until the job starts")
        @OpenApiExample(JobDoc.AT)
        @Nullable
        Instant startedAt,

        @OpenApiName("finished_at")
        @OpenApiNullable
        @OpenApiDescription("Null until the job ends")
        @OpenApiExample(JobDoc.AT)
        @Nullable
        Instant finishedAt,

        Progress progress,

        @OpenApiNullable
        @OpenApiDescription("Why the job ended before every item had a result; "
                + "NoItems if it succeeded without any items; null otherwise")
        @Nullable
        Failure error) {

    static JobView of(JobStatus status) {
        BatchJob job = status.job();
        return new JobView(
                job.id().value(),
                job.spec().operation(),
                job.state().id(),
                Source.of(job.spec()),
                Target.of(job.spec()),
                Options.of(job.spec().options()),
                job.createdAt(),
                job.startedAt().orElse(null),
                job.finishedAt().orElse(null),
                Progress.of(status),
                job.error().map(Failure::of).orElse(null));
    }

    @OpenApiName("JobSource")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Source(
            @OpenApiDescription("The import source of an import; absent for files of this service")
            @OpenApiExample("old")
            @Nullable
            String from,

            @OpenApiDescription("The first 100 keys; the job's items have all of them")
            @OpenApiExample("[\"raw/demo/a.txt\"]")
            @Nullable
            List<String> keys,

            @OpenApiName("key_count")
            @OpenApiDescription("The number of keys, if there are more than are shown")
            @OpenApiExample("250")
            @Nullable
            Integer keyCount,

            @OpenApiExample("raw/demo/") @Nullable String prefix,

            @OpenApiExample("raw/demo/list.ndjson") @Nullable
            String manifest,

            @OpenApiDescription("The conditions that select files; absent if all files are selected") @Nullable
            FilterFields filter) {

        static Source of(JobSpec spec) {
            String from = spec.importFrom().map(ImportFrom::name).orElse(null);
            FilterFields filter = spec.filter().map(FilterFields::of).orElse(null);
            if (spec.source() instanceof JobSource.Prefix prefix) {
                return new Source(from, null, null, prefix.prefix().value(), null, filter);
            }
            if (spec.source() instanceof JobSource.Manifest manifest) {
                return new Source(from, null, null, null, manifest.key().value(), filter);
            }
            if (spec.source() instanceof JobSource.Archive archive) {
                return new Source(from, List.of(archive.key().value()), null, null, null, filter);
            }
            JobSource.Keys keys = (JobSource.Keys) spec.source();
            List<String> shown = keys.keys().stream().map(ObjectKey::value).toList();
            return new Source(from, shown, keys.count() > shown.size() ? keys.count() : null, null, null, filter);
        }
    }

    @OpenApiName("JobTarget")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Target(
            @OpenApiExample("processed/demo/") @Nullable String prefix,

            @OpenApiName("strip_prefix")
            @OpenApiDescription("The prefix of the old keys that prefix replaces")
            @OpenApiExample("raw/demo/")
            @Nullable
            String stripPrefix,

            @OpenApiDescription("Whether an import replaces other files; absent for other operations")
            @OpenApiExample("false")
            @Nullable
            Boolean overwrite,

            @OpenApiExample("processed/demo/all.zip") @Nullable
            String key,

            @OpenApiName("content_type") @OpenApiExample("text/plain") @Nullable
            String contentType,

            @OpenApiDescription("The files' new metadata") @Nullable
            Map<String, String> metadata,

            @OpenApiName("cache_control") @OpenApiExample("max-age=3600") @Nullable
            String cacheControl,

            @OpenApiName("content_disposition") @OpenApiExample("inline; filename=\"a.txt\"") @Nullable
            String contentDisposition,

            @OpenApiName("content_encoding") @OpenApiExample("gzip") @Nullable
            String contentEncoding,

            @OpenApiName("content_language") @OpenApiExample("de") @Nullable
            String contentLanguage) {

        static @Nullable Target of(JobSpec spec) {
            return spec.target().equals(JobTarget.NONE) && spec.importFrom().isEmpty()
                    ? null
                    : of(
                            spec.target(),
                            spec.importFrom().map(ImportFrom::overwrite).orElse(null));
        }

        private static Target of(JobTarget target, @Nullable Boolean overwrite) {
            AttributeChanges changes = target.changes();
            return new Target(
                    target.prefix().map(KeyPrefix::value).orElse(null),
                    target.stripPrefix().map(KeyPrefix::value).orElse(null),
                    overwrite,
                    target.key().map(ObjectKey::value).orElse(null),
                    changes.contentType().map(ContentType::value).orElse(null),
                    changes.metadata().map(Metadata::values).orElse(null),
                    changes.headers().get(HeaderAttribute.CACHE_CONTROL),
                    changes.headers().get(HeaderAttribute.CONTENT_DISPOSITION),
                    changes.headers().get(HeaderAttribute.CONTENT_ENCODING),
                    changes.headers().get(HeaderAttribute.CONTENT_LANGUAGE));
        }
    }

    @OpenApiName("JobOptions")
    record Options(
            @OpenApiName("dry_run") @OpenApiExample("false") boolean dryRun,

            @OpenApiName("on_error") @OpenApiExample("continue")
            String onError,

            @OpenApiName("max_attempts") @OpenApiExample("5")
            int maxAttempts,

            @OpenApiExample("8") int concurrency,
            @OpenApiExample("0") int priority,

            @OpenApiName("failure_threshold")
            @OpenApiNullable
            @OpenApiDescription("Null for no limit")
            @OpenApiExample("100")
            @Nullable
            Integer failureThreshold) {

        static Options of(JobOptions options) {
            return new Options(
                    options.dryRun(),
                    options.stopOnError() ? "stop" : "continue",
                    options.maxAttempts(),
                    options.concurrency(),
                    options.priority(),
                    options.failureThreshold().orElse(null));
        }
    }

    @OpenApiName("JobProgress")
    record Progress(
            @OpenApiDescription("The number of items found so far") @OpenApiExample("1000")
            long total,

            @OpenApiName("total_final") @OpenApiDescription("Whether total is final") @OpenApiExample("true")
            boolean totalFinal,

            @OpenApiExample("640") long succeeded,
            @OpenApiExample("2") long failed,

            @OpenApiDescription("Items with nothing to do, such as a file to delete that does not exist")
            @OpenApiExample("3")
            long skipped,

            @OpenApiDescription(
                    "The number of objects under the source's prefix that were skipped because their keys can't be used in a "
                            + "request; a job that skipped any does not end as succeeded")
            @OpenApiExample("0")
            long unaddressable,

            @OpenApiDescription("The total size of the files that succeeded, in bytes") @OpenApiExample("1048576")
            long bytes,

            @OpenApiName("items_per_second")
            @OpenApiDescription("The recent rate while the job runs, the average once it has ended")
            @OpenApiExample("120.5")
            double itemsPerSecond,

            @OpenApiName("eta_seconds")
            @OpenApiNullable
            @OpenApiDescription("Null while it is unknown")
            @OpenApiExample("3")
            @Nullable
            Long etaSeconds) {

        static Progress of(JobStatus status) {
            JobProgress progress = status.progress();
            return new Progress(
                    progress.total(),
                    progress.totalFinal(),
                    progress.succeeded(),
                    progress.failed(),
                    progress.skipped(),
                    progress.unaddressable(),
                    progress.bytes(),
                    Math.round(progress.itemsPerSecond() * 10) / 10.0,
                    status.eta().map(Duration::toSeconds).orElse(null));
        }
    }

    @OpenApiName("JobFailure")
    record Failure(
            @OpenApiExample("JobStopped") String error,

            @OpenApiExample("An item failed, and on_error is stop")
            String message) {

        static Failure of(JobFailure failure) {
            return new Failure(failure.error(), failure.message());
        }
    }
}
