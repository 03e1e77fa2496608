package dev.stowage.http.form;

import dev.stowage.core.access.Principal;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.spool.Spool;
import dev.stowage.core.spool.SpoolSpace;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Stores the file of a form. */
final class FormUpload {

    private final Files files;
    private final SpoolSpace spools;
    private final long maxFileSize;

    FormUpload(Files files, SpoolSpace spools, long maxFileSize) {
        this.files = files;
        this.spools = spools;
        this.maxFileSize = maxFileSize;
    }

    /**
     * Reads the form to its end and stores its file: as it arrives if the key precedes it, otherwise after the whole form was read. Nothing
     * is stored if anything in the form is invalid.
     *
     * @param caller must have the right to write the file
     * @param fields the fields of {@code form}
     * @param conditions what must hold of the file under the key
     */
    ObjectInfo upload(Principal caller, FileForm form, UploadFields fields, Preconditions conditions)
            throws IOException {
        FormPart file = form.readToFile();
        return fields.haveKey()
                ? stream(caller, form, file, fields, conditions)
                : spool(caller, form, file, fields, conditions);
    }

    private ObjectInfo stream(
            Principal caller, FileForm form, FormPart file, UploadFields fields, Preconditions conditions) {
        List<Checksum> digests = file.headers().digests();
        Preconditions all = file.headers().conditions(conditions);
        ObjectAttributes early = fields.attributes(file);
        Content content = Content.once(form.bodyOf(file, () -> fields.attributes(file)), OptionalLong.empty());
        ObjectInfo stored =
                files.put(caller, fields.key(), content, early, all, digests).info();
        // A store takes the attributes before the bytes, so attributes that follow the file are set after it is stored.
        // The alternative would be to spool every file until its form has ended.
        ObjectAttributes attributes = fields.attributes(file);
        return attributes.equals(early) ? stored : files.setAttributes(caller, stored, attributes);
    }

    private ObjectInfo spool(
            Principal caller, FileForm form, FormPart file, UploadFields fields, Preconditions conditions)
            throws IOException {
        List<Checksum> digests = file.headers().digests();
        Preconditions all = file.headers().conditions(conditions);
        try (Spool spool = spools.keep(file.body(), maxFileSize)) {
            form.readRest();
            return files.put(caller, fields.key(), spool, fields.attributes(file), all, digests)
                    .info();
        }
    }
}
