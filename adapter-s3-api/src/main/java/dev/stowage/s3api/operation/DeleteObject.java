package dev.stowage.s3api.operation;

import dev.stowage.core.file.Files;
import java.io.IOException;

/** Deletes an object. As with S3, deleting one that does not exist is a success. */
final class DeleteObject implements Operation {

    private static final String SIZE = "x-amz-if-match-size";
    private static final String TIME = "x-amz-if-match-last-modified-time";

    private final ConditionalDeletion deletion;

    DeleteObject(Files files) {
        this.deletion = new ConditionalDeletion(files);
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectVersions.check(call);
        ConditionalDeletion.Conditions conditions = ConditionalDeletion.Conditions.of(
                ObjectConditions.of(call.headers(), "").forWrite(),
                SIZE,
                call.headers().get(SIZE),
                TIME,
                call.headers().get(TIME));
        deletion.delete(call, call.key(), conditions);
        call.reply().empty(204);
    }
}
