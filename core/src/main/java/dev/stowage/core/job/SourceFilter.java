package dev.stowage.core.job;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Selects files of a job's source. All given conditions have to hold; files for which one does not are not part of the job.
 *
 * @param olderThan the file was last modified more than this before the job was submitted: 1 second to 100 years
 * @param newerThan the file was last modified less than this before the job was submitted, or later: 1 second to 100 years
 * @param largerThan the file has more bytes than this: from 0
 * @param smallerThan the file has fewer bytes than this: from 1
 * @param name matches the part of the key after its last slash
 * @param contentType matches the media type without its parameters, in lower case
 * @param metadata the file has these entries, and maybe others
 */
public record SourceFilter(
        Optional<Duration> olderThan,
        Optional<Duration> newerThan,
        OptionalLong largerThan,
        OptionalLong smallerThan,
        Optional<Glob> name,
        Optional<Glob> contentType,
        Metadata metadata) {

    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** @throws InvalidInput when there is no condition, a value is out of bounds, or no file can fulfil all conditions */
    public SourceFilter {
        contentType = contentType.map(pattern -> new Glob(pattern.pattern().toLowerCase(Locale.ROOT)));
        olderThan.ifPresent(span -> check("older_than", span));
        newerThan.ifPresent(span -> check("newer_than", span));
        if (largerThan.orElse(0) < 0) {
            throw invalid("larger_than", "larger_than must be at least 0 bytes");
        }
        if (smallerThan.orElse(1) < 1) {
            throw invalid("smaller_than", "smaller_than must be at least 1 byte; no file is smaller");
        }
        name.filter(pattern -> pattern.pattern().indexOf('/') >= 0).ifPresent(pattern -> {
            throw invalid(
                    "name",
                    "name is compared with the part of the key after its last slash, so it can't contain a slash; name folders"
                            + " in source.prefix");
        });
        if (olderThan.isPresent() && newerThan.isPresent() && olderThan.get().compareTo(newerThan.get()) >= 0) {
            throw invalid("newer_than", "No file is older than older_than and newer than newer_than");
        }
        if (largerThan.isPresent()
                && smallerThan.isPresent()
                && smallerThan.getAsLong() - 1 <= largerThan.getAsLong()) {
            throw invalid("smaller_than", "No file is larger than larger_than and smaller than smaller_than");
        }
        boolean any = olderThan.isPresent()
                || newerThan.isPresent()
                || largerThan.isPresent()
                || smallerThan.isPresent()
                || name.isPresent()
                || contentType.isPresent()
                || !metadata.values().isEmpty();
        if (!any) {
            throw InvalidInput.ofField(
                    "source.filter", "A filter needs at least one condition; leave it out for all files");
        }
    }

    private static void check(String field, Duration span) {
        if (span.compareTo(Duration.ofSeconds(1)) < 0 || span.compareTo(LONGEST) > 0) {
            throw invalid(field, field + " must be 1 to " + LONGEST.toSeconds() + " seconds");
        }
    }

    private static InvalidInput invalid(String field, String message) {
        return InvalidInput.ofField("source.filter." + field, message);
    }

    /** Whether it needs more than a listing says about a file. */
    public boolean needsAttributes() {
        return contentType.isPresent() || !metadata.values().isEmpty();
    }

    /**
     * Whether the conditions hold that a listing decides. The others are not checked.
     *
     * @param since when the job was submitted
     */
    public boolean matches(ObjectSummary listed, Instant since) {
        return matches(listed.key(), listed.size(), listed.lastModified(), since);
    }

    /**
     * Whether all conditions hold.
     *
     * @param since when the job was submitted
     */
    public boolean matches(ObjectInfo file, Instant since) {
        String type = file.attributes().contentType().value();
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return matches(file.key(), file.size(), file.lastModified(), since)
                && contentType.map(pattern -> pattern.matches(media)).orElse(true)
                && file.attributes()
                        .metadata()
                        .values()
                        .entrySet()
                        .containsAll(metadata.values().entrySet());
    }

    private boolean matches(ObjectKey key, long size, Instant modified, Instant since) {
        return olderThan.map(span -> modified.isBefore(since.minus(span))).orElse(true)
                && newerThan.map(span -> modified.isAfter(since.minus(span))).orElse(true)
                && size > largerThan.orElse(-1)
                && size < smallerThan.orElse(Long.MAX_VALUE)
                && name.map(pattern -> pattern.matches(key.filename())).orElse(true);
    }
}
