package dev.stowage.http.resumable;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.upload.AppendToUpload;
import dev.stowage.core.upload.ConcatenateUploads;
import dev.stowage.core.upload.CreateResumable;
import dev.stowage.core.upload.GetResumable;
import dev.stowage.core.upload.PartSizes;
import dev.stowage.core.upload.ResumableContext;
import dev.stowage.core.upload.TerminateResumable;

/** What can be done with uploads that go on at a byte, whatever protocol asks for it. */
public record ResumableUseCases(
        CreateResumable create,
        GetResumable get,
        AppendToUpload append,
        TerminateResumable forget,
        ConcatenateUploads join) {

    /**
     * All of them over one context.
     *
     * @param maxOpen the most open uploads of one principal
     */
    public static ResumableUseCases of(
            ResumableContext context, KeyLayout layout, AccessPolicy access, PartSizes sizes, int maxOpen) {
        return new ResumableUseCases(
                new CreateResumable(context, layout, access, sizes, maxOpen),
                new GetResumable(context, access),
                new AppendToUpload(context, access),
                new TerminateResumable(context, access),
                new ConcatenateUploads(context, layout, access));
    }
}
