package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Principal;
import dev.stowage.core.multipart.ResumableId;

/** Tells how far an upload is that goes on at a byte. */
public final class GetResumable {

    private final AppendToUpload append;

    public GetResumable(ResumableContext context, AccessPolicy access) {
        this.append = new AppendToUpload(context, access);
    }

    /**
     * Where to go on. Cuts off a request that is at the upload at this moment, as whoever asks has lost it; so the offset stays what it is
     * until the next request. When all bytes are there and a crash kept the file from being made, it is made now.
     *
     * @throws dev.stowage.core.error.NotFound when there is no such upload, or it was given up, or it is another principal's
     */
    public ResumableStatus get(Principal principal, ResumableId id) {
        return append.ask(principal, id);
    }
}
