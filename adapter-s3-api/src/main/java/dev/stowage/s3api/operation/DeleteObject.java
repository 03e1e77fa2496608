package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.file.Files;
import java.io.IOException;

/** Deletes an object. As with S3, deleting one that does not exist is a success. */
final class DeleteObject implements Operation {

    private final Files files;

    DeleteObject(Files files) {
        this.files = files;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectVersions.check(call);
        try {
            files.delete(
                    call.caller(),
                    call.key(),
                    ObjectConditions.of(call.headers(), "").forWrite());
        } catch (NotFound alreadyGone) {
            call.reply().empty(204);
            return;
        } catch (PreconditionFailed failed) {
            // As with S3, a condition does not fail on an object that does not exist.
            if (!WriteTarget.isMissing(call, files, call.key())) {
                throw failed;
            }
        }
        call.reply().empty(204);
    }
}
