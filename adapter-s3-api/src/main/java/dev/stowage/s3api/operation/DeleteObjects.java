package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.error.S3ErrorMapper;
import dev.stowage.s3api.xml.XmlDocument;
import dev.stowage.s3api.xml.XmlInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes up to a thousand objects. Each fails on its own; one that does not exist is a success. */
final class DeleteObjects implements Operation {

    private static final String SHAPE = "<Delete><Object><Key>…</Key></Object>…</Delete>, with 1 to 1000 objects";

    private static final String SIZE = "Size";
    private static final String TIME = "LastModifiedTime";

    private final Files files;
    private final ConditionalDeletion deletion;

    DeleteObjects(Files files) {
        this.files = files;
        this.deletion = new ConditionalDeletion(files);
    }

    /**
     * An object in the request.
     *
     * @param tag the ETag that it must have
     * @param size the size that it must have
     * @param lastModified when it must have been changed last
     */
    private record Wanted(
            String name,
            Optional<String> version,
            Optional<String> tag,
            Optional<String> size,
            Optional<String> lastModified) {

        boolean isConditional() {
            return tag.isPresent() || size.isPresent() || lastModified.isPresent();
        }

        ConditionalDeletion.Conditions conditions() {
            return ConditionalDeletion.Conditions.of(
                    new Preconditions(tag.map(DeleteObjects::tags), Optional.empty(), Optional.empty()),
                    SIZE,
                    size,
                    TIME,
                    lastModified);
        }
    }

    private static final class Request {
        private final List<Wanted> objects = new ArrayList<>();
        private boolean quiet;

        void read(XmlInput input) {
            input.children(name -> {
                if (name.equals("Object")) {
                    objects.add(object(input));
                    if (objects.size() > Files.MAX_DELETED_KEYS) {
                        throw malformed();
                    }
                } else if (name.equals("Quiet")) {
                    quiet = Boolean.parseBoolean(input.text().strip());
                }
            });
        }

        private static Wanted object(XmlInput input) {
            Map<String, String> fields = new LinkedHashMap<>();
            input.children(field -> fields.put(field, input.text()));
            String name = fields.getOrDefault("Key", "");
            if (name.isEmpty()) {
                throw malformed();
            }
            return new Wanted(
                    name,
                    Optional.ofNullable(fields.get("VersionId")),
                    Optional.ofNullable(fields.get("ETag")),
                    Optional.ofNullable(fields.get(SIZE)),
                    Optional.ofNullable(fields.get(TIME)));
        }

        private static S3ErrorException malformed() {
            return new S3ErrorException(S3ErrorCode.MALFORMED_XML, "The body is not of the form " + SHAPE);
        }
    }

    @Override
    public void perform(S3Call call) throws IOException {
        Request request = new Request();
        CallBody.read(CallBody.of(call), "Delete", SHAPE, request::read);
        if (request.objects.isEmpty()) {
            throw Request.malformed();
        }
        Map<Wanted, Optional<S3ErrorException>> results = new LinkedHashMap<>();
        Map<ObjectKey, Wanted> plain = new LinkedHashMap<>();
        for (Wanted wanted : request.objects) {
            results.put(wanted, Optional.empty());
            try {
                wanted.version().filter(id -> !id.isEmpty()).ifPresent(ObjectVersions::check);
                ObjectKey key = call.bucket().key(wanted.name());
                if (wanted.isConditional()) {
                    deletion.delete(call, key, wanted.conditions());
                } else {
                    plain.put(key, wanted);
                }
            } catch (S3ErrorException | StorageException e) {
                results.put(wanted, Optional.of(S3ErrorMapper.map(e)));
            }
        }
        if (!plain.isEmpty()) {
            for (DeleteResult result : files.delete(call.caller(), List.copyOf(plain.keySet()))) {
                if (result instanceof DeleteResult.Failed failed) {
                    results.put(wanted(plain, failed.key()), Optional.of(S3ErrorMapper.map(failed.reason())));
                }
            }
        }
        call.reply()
                .xml(
                        200,
                        "DeleteResult",
                        document -> results.forEach((wanted, error) -> write(document, wanted, error, request.quiet)));
    }

    private static TagList tags(String text) {
        try {
            return TagList.parse("ETag", text);
        } catch (InvalidInput e) {
            throw S3ErrorException.invalidArgument("ETag", text, "ETag must be an entity tag");
        }
    }

    private static Wanted wanted(Map<ObjectKey, Wanted> plain, ObjectKey key) {
        Wanted found = plain.get(key);
        if (found == null) {
            throw new IllegalStateException("a result for a key that was not asked for");
        }
        return found;
    }

    private static void write(XmlDocument document, Wanted wanted, Optional<S3ErrorException> error, boolean quiet) {
        if (error.isPresent()) {
            document.element("Error", element -> {
                element.text("Key", wanted.name());
                wanted.version().ifPresent(id -> element.text("VersionId", id));
                element.text("Code", error.get().code().id())
                        .text("Message", error.get().message());
            });
        } else if (!quiet) {
            document.element("Deleted", element -> {
                element.text("Key", wanted.name());
                wanted.version().filter(id -> !id.isEmpty()).ifPresent(id -> element.text("VersionId", id));
            });
        }
    }
}
