package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.s3api.body.SentBody;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.util.Optional;

/**
 * Stores folder markers: empty objects whose names end with a slash. s3fs, Hadoop and Cyberduck create one for each folder, and look for it
 * before they store something in the folder.
 */
final class FolderMarkers {

    private final Files files;

    FolderMarkers(Files files) {
        this.files = files;
    }

    /** Whether a request is about a folder. */
    static boolean isFolder(S3Call call) {
        return call.name().endsWith("/");
    }

    /**
     * Stores the marker that a request sends.
     *
     * @throws S3ErrorException when the body is not empty
     */
    ObjectInfo put(S3Call call, ObjectAttributes attributes, Preconditions conditions, SentBody body) {
        boolean empty = body.read(content -> {
            try (ContentStream stream = ContentStream.open(content, body.expected())) {
                return stream.read() < 0;
            } catch (IOException e) {
                throw new IllegalStateException("the stream has exceptions of its own", e);
            }
        });
        if (!empty) {
            throw notEmpty(call);
        }
        return files.putFolder(call.caller(), call.key(), attributes, conditions);
    }

    /**
     * Copies a marker: s3fs does so to rename a folder, or to change its attributes.
     *
     * @throws S3ErrorException when the source has content
     * @throws NotFound when there is no source
     */
    ObjectInfo copy(
            S3Call call,
            ObjectKey source,
            AttributeChanges changes,
            Preconditions conditions,
            Preconditions sourceConditions) {
        ObjectInfo marker = files.stat(call.caller(), source).orElseThrow(() -> NotFound.file(source.value()));
        sourceConditions.check(source, Optional.of(marker));
        if (marker.size() > 0) {
            throw notEmpty(call);
        }
        return files.putFolder(call.caller(), call.key(), changes.applyTo(marker.attributes()), conditions);
    }

    private static S3ErrorException notEmpty(S3Call call) {
        return S3ErrorException.invalidArgument(
                "key",
                call.name(),
                "The name of an object with content can't end with a slash, as that of a folder does");
    }
}
