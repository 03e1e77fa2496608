package dev.stowage.http.jobs;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.metadata.HeaderFields;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON of a submission. */
@OpenApiName("JobRequest")
record JobRequest(
        @OpenApiRequired
        @OpenApiDescription("One of delete, copy, move, verify, set_metadata, archive, inventory, extract, import")
        @OpenApiExample("copy")
        @Nullable
        String operation,

        @OpenApiRequired
        @OpenApiDescription(
                "The files to process: exactly one of keys, prefix and manifest, and a filter if not all of these")
        @Nullable
        Source source,

        @OpenApiDescription("Where results are written, or which attributes are set, if the operation needs it")
        @Nullable
        Target target,

        @OpenApiDescription("How the job is run") @Nullable Options options) {

    @OpenApiIgnore
    JobSpec spec() {
        String name = Json.required("operation", operation);
        Source files = Json.required("source", source);
        return new JobSpec(
                name,
                files.source(),
                Optional.ofNullable(files.filter()).map(FilterFields::filter),
                importFrom(files, target),
                target == null ? JobTarget.NONE : target.target(),
                options == null ? JobOptions.DEFAULT : options.options());
    }

    private static Optional<ImportFrom> importFrom(Source source, @Nullable Target target) {
        Boolean overwrite = target == null ? null : target.overwrite();
        if (source.from() == null && overwrite != null) {
            throw InvalidInput.ofField("source.from", "target.overwrite is only for imports, which need source.from");
        }
        return Optional.ofNullable(source.from()).map(name -> new ImportFrom(name, overwrite != null && overwrite));
    }

    @OpenApiName("JobSourceRequest")
    record Source(
            @OpenApiDescription(
                    "import: the name of the import source whose files keys, prefix, or the lines of a manifest name; the manifest itself is"
                            + " a file of this service")
            @OpenApiExample("old")
            @Nullable
            String from,

            @OpenApiDescription("Up to 10 000 keys; extract: the key of one archive")
            @OpenApiExample("[\"raw/demo/a.txt\", \"raw/demo/b.txt\"]")
            @Nullable
            List<@Nullable String> keys,

            @OpenApiDescription("All files whose keys begin with this") @OpenApiExample("raw/demo/") @Nullable
            String prefix,

            @OpenApiDescription(
                    "The key of a file that lists keys: NDJSON with one key on each line, or CSV with a column key; any size")
            @OpenApiExample("raw/demo/list.ndjson")
            @Nullable
            String manifest,

            @OpenApiDescription("Selects some of these files; all conditions that are given have to hold") @Nullable
            FilterFields filter) {

        @OpenApiIgnore
        JobSource source() {
            long given = Stream.of(keys != null, prefix != null, manifest != null)
                    .filter(there -> there)
                    .count();
            if (given != 1) {
                throw InvalidInput.ofField("source", "source must have exactly one of keys, prefix and manifest");
            }
            if (prefix != null) {
                return new JobSource.Prefix(new KeyPrefix(prefix));
            }
            return manifest != null ? new JobSource.Manifest(new ObjectKey(manifest)) : keys(keys);
        }

        private static JobSource keys(@Nullable List<@Nullable String> texts) {
            List<ObjectKey> found = new ArrayList<>();
            for (String text : Json.required("source.keys", texts)) {
                found.add(new ObjectKey(Json.required("source.keys[" + found.size() + "]", text)));
            }
            return new JobSource.Keys(found, found.size());
        }
    }

    @OpenApiName("JobTargetRequest")
    record Target(
            @OpenApiDescription(
                    "copy, move and extract: the prefix of the new keys. import: likewise; if absent, all keys stay as they are")
            @OpenApiExample("processed/demo/")
            @Nullable
            String prefix,

            @OpenApiName("strip_prefix")
            @OpenApiDescription(
                    "copy, move and import: the prefix of the old keys that the new prefix replaces; by default the source's prefix, or the"
                            + " folder that all keys share. archive: the prefix that is removed from the entries' names; by default none")
            @OpenApiExample("raw/demo/")
            @Nullable
            String stripPrefix,

            @OpenApiDescription(
                    "import: whether files with the same keys and other contents or attributes are replaced; by default they are kept, and"
                            + " their items fail")
            @OpenApiExample("false")
            @Nullable
            Boolean overwrite,

            @OpenApiDescription("archive: the key of the ZIP. inventory: the key of the list")
            @OpenApiExample("processed/demo/all.zip")
            @Nullable
            String key,

            @OpenApiName("content_type")
            @OpenApiDescription(
                    "set_metadata: the new content type; if absent, it does not change. inventory: text/csv or application/x-ndjson, if"
                            + " the extension of the key does not tell")
            @OpenApiExample("text/plain")
            @Nullable
            String contentType,

            @OpenApiDescription(
                    "set_metadata: the new metadata, which replaces all of it; if absent, it does not change")
            @Nullable
            Map<String, @Nullable String> metadata,

            @OpenApiName("cache_control")
            @OpenApiDescription(
                    "set_metadata: the new Cache-Control; if absent, it does not change; an empty string removes it")
            @OpenApiExample("max-age=3600")
            @Nullable
            String cacheControl,

            @OpenApiName("content_disposition")
            @OpenApiDescription("set_metadata: the new Content-Disposition, likewise")
            @OpenApiExample("inline; filename=\"a.txt\"")
            @Nullable
            String contentDisposition,

            @OpenApiName("content_encoding")
            @OpenApiDescription("set_metadata: the new Content-Encoding, likewise; the bytes do not change")
            @OpenApiExample("gzip")
            @Nullable
            String contentEncoding,

            @OpenApiName("content_language")
            @OpenApiDescription("set_metadata: the new Content-Language, likewise")
            @OpenApiExample("de")
            @Nullable
            String contentLanguage) {

        @OpenApiIgnore
        JobTarget target() {
            return new JobTarget(
                    Optional.ofNullable(prefix).map(KeyPrefix::new),
                    Optional.ofNullable(stripPrefix).map(KeyPrefix::new),
                    Optional.ofNullable(key).map(ObjectKey::new),
                    new AttributeChanges(
                            Optional.ofNullable(contentType).map(ContentType::new),
                            Optional.ofNullable(metadata).map(Target::notes),
                            HeaderFields.present(cacheControl, contentDisposition, contentEncoding, contentLanguage)));
        }

        private static Metadata notes(Map<String, @Nullable String> metadata) {
            Map<String, String> notes = new LinkedHashMap<>();
            metadata.forEach((name, value) -> notes.put(name, Json.required("target.metadata." + name, value)));
            return new Metadata(notes);
        }
    }

    @OpenApiName("JobOptionsRequest")
    record Options(
            @OpenApiName("dry_run")
            @OpenApiDescription("Changes nothing; the items' messages say what would be done")
            @OpenApiExample("false")
            @Nullable
            Boolean dryRun,

            @OpenApiName("on_error")
            @OpenApiDescription("continue, or stop at the first item that fails")
            @OpenApiExample("continue")
            @Nullable
            String onError,

            @OpenApiName("max_attempts")
            @OpenApiDescription("Maximum number of attempts for an item that fails with a transient error: 1 to 20")
            @OpenApiExample("5")
            @Nullable
            Integer maxAttempts,

            @OpenApiDescription("Maximum number of batches of items that run at a time: 1 to 64")
            @OpenApiExample("8")
            @Nullable
            Integer concurrency,

            @OpenApiDescription("Jobs with a higher priority run first: -100 to 100") @OpenApiExample("0") @Nullable
            Integer priority,

            @OpenApiName("failure_threshold")
            @OpenApiDescription("The number of failed items at which the job ends as failed; no limit by default")
            @OpenApiExample("100")
            @Nullable
            Integer failureThreshold) {

        @OpenApiIgnore
        JobOptions options() {
            JobOptions defaults = JobOptions.DEFAULT;
            return new JobOptions(
                    dryRun == null ? defaults.dryRun() : dryRun,
                    onError == null ? defaults.stopOnError() : isStop(onError),
                    maxAttempts == null ? defaults.maxAttempts() : maxAttempts,
                    concurrency == null ? defaults.concurrency() : concurrency,
                    priority == null ? defaults.priority() : priority,
                    Optional.ofNullable(failureThreshold));
        }

        private static boolean isStop(String onError) {
            return switch (onError) {
                case "stop" -> true;
                case "continue" -> false;
                default -> throw InvalidInput.ofField("options.on_error", "options.on_error must be continue or stop");
            };
        }
    }
}
