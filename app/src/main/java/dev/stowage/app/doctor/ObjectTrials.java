package dev.stowage.app.doctor;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What every store has to do with objects. */
final class ObjectTrials {

    private static final byte[] BYTES = TrialFiles.bytes(100_000, 1);
    private static final ObjectAttributes ATTRIBUTES = new ObjectAttributes(
            new ContentType("text/plain; charset=utf-8"), new Metadata(Map.of("purpose", "stowage doctor")));

    private final ObjectStore objects;
    private final TrialFiles files;
    private final InstantSource clock;

    ObjectTrials(Storage storage, TrialFiles files, InstantSource clock) {
        this.objects = storage.objects();
        this.files = files;
        this.clock = clock;
    }

    void run(TrialRun trials) {
        trials.required("put and read", this::putAndRead);
        trials.optional("clock of the store", this::clock);
        trials.required("read a range", this::range);
        trials.required("overwrite", this::overwrite);
        trials.required("unknown length", this::unknownLength);
        trials.required("wrong digest", this::wrongDigest);
        trials.required("list", this::list);
        trials.required("copy", this::copy);
        trials.required("move", this::move);
        trials.required("delete", this::delete);
    }

    private String putAndRead() throws IOException {
        objects.put(files.key("a"), Content.of(BYTES), PutOptions.of(ATTRIBUTES));
        files.expect("a", BYTES);
        ObjectInfo info = objects.stat(files.key("a")).orElseThrow(() -> new TrialFailed("it is not found"));
        TrialFailed.unless(info.size() == BYTES.length, "its size is reported as " + info.size());
        TrialFailed.unless(
                info.attributes().contentType().isSameAs(ATTRIBUTES.contentType())
                        && info.attributes().metadata().equals(ATTRIBUTES.metadata()),
                "its content type or metadata was changed");
        return BYTES.length + " bytes with content type and metadata";
    }

    private String clock() {
        ObjectInfo info = files.put("clock", BYTES);
        Duration ahead = Duration.between(info.lastModified(), clock.instant());
        Finding finding = MachineChecks.clock("the store's", ahead);
        TrialFailed.unless(finding.verdict() == Finding.Verdict.OK, finding.text() + "; " + finding.advice());
        return finding.text();
    }

    private String range() throws IOException {
        byte[] read = objects.read(
                files.key("a"), ReadOptions.of(new ByteRange.Slice(10, 19)), (info, span, body) -> body.readAllBytes());
        TrialFailed.unless(Arrays.equals(read, Arrays.copyOfRange(BYTES, 10, 20)), "other bytes were read");
        return "bytes 10 to 19";
    }

    private String overwrite() throws IOException {
        byte[] other = TrialFiles.bytes(BYTES.length, 2);
        ObjectInfo first = files.put("b", BYTES);
        ObjectInfo second = files.put("b", other);
        TrialFailed.unless(!first.etag().equals(second.etag()), "another version of the same size has the same ETag");
        files.expect("b", other);
        return "visible at once, with another ETag";
    }

    private String unknownLength() throws IOException {
        Content content = Content.once(new ByteArrayInputStream(BYTES), OptionalLong.empty());
        objects.put(files.key("stream"), content, PutOptions.DEFAULT);
        files.expect("stream", BYTES);
        return "a body whose length is not known before its end";
    }

    private String wrongDigest() {
        Checksum wrong = Checksum.of(ChecksumAlgorithm.SHA256, new byte[ChecksumAlgorithm.SHA256.length()]);
        PutOptions options = new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, List.of(wrong));
        try {
            objects.put(files.key("wrong"), Content.of(BYTES), options);
            throw new TrialFailed("it was stored");
        } catch (ChecksumMismatch expected) {
            files.expectNone("wrong");
            return "refused, and nothing is stored";
        }
    }

    private String list() {
        files.put("list/1", BYTES);
        files.put("list/2", BYTES);
        KeyPrefix folder = new KeyPrefix(files.prefix() + "list/");
        List<String> names = files.list(ListQuery.of(folder));
        TrialFailed.unless(names.equals(List.of("list/1", "list/2")), "it lists " + names);
        ObjectPage folders = objects.list(new ListQuery(files.prefix(), Optional.of("/"), 1000, Optional.empty()));
        TrialFailed.unless(
                folders.commonPrefixes().equals(List.of(folder.value())),
                "with a delimiter it lists " + folders.commonPrefixes());
        return "in the order of the keys, by prefix and by folder";
    }

    private String copy() throws IOException {
        ObjectInfo copy = objects.copy(files.key("a"), files.key("copy"), CopyOptions.DEFAULT);
        files.expect("copy", BYTES);
        TrialFailed.unless(copy.attributes().metadata().equals(ATTRIBUTES.metadata()), "the metadata was not copied");
        Metadata other = new Metadata(Map.of("purpose", "changed"));
        AttributeChanges changes = new AttributeChanges(Optional.empty(), Optional.of(other), Map.of());
        objects.copy(
                files.key("copy"), files.key("copy"), new CopyOptions(WriteCondition.NONE, Optional.empty(), changes));
        ObjectInfo changed = objects.stat(files.key("copy")).orElseThrow(() -> new TrialFailed("it is not found"));
        TrialFailed.unless(
                changed.attributes().metadata().equals(other)
                        && changed.attributes().contentType().isSameAs(ATTRIBUTES.contentType()),
                "a change of the metadata in place was lost, or changed the content type");
        return "with its attributes, and a change of attributes in place";
    }

    private String move() throws IOException {
        ObjectInfo source = files.put("from", BYTES);
        try {
            objects.copy(
                    files.key("from"),
                    files.key("to"),
                    new CopyOptions(WriteCondition.NONE, Optional.of(source.etag()), AttributeChanges.NONE));
        } catch (NotSupported e) {
            throw new NotSupported("the store answers 501 to a copy of a certain version, and so does the service to"
                    + " moves, and to copies with If-Match for the source; other copies work");
        }
        delete("from");
        files.expect("to", BYTES);
        files.expectNone("from");
        return "a copy of the version that was seen, then a deletion";
    }

    private String delete() {
        delete("b");
        files.expectNone("b");
        ObjectKey absent = files.key("absent");
        TrialFailed.unless(
                objects.delete(List.of(absent)).equals(List.of(new DeleteResult.Missing(absent))),
                "the deletion of a missing object is not reported as such");
        return "and a missing object is reported as missing";
    }

    private void delete(String name) {
        ObjectKey key = files.key(name);
        DeleteResult result = objects.delete(List.of(key)).get(0);
        if (result instanceof DeleteResult.Failed failed) {
            throw failed.reason();
        }
        TrialFailed.unless(result.equals(new DeleteResult.Deleted(key)), "the object is reported as missing");
    }
}
