package dev.stowage.http.resumable;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.resumable.AppendBytes;
import dev.stowage.core.resumable.CreateResumable;
import dev.stowage.core.resumable.ForgetResumable;
import dev.stowage.core.resumable.GetResumable;
import dev.stowage.core.resumable.JoinPieces;
import dev.stowage.core.resumable.PartSizes;
import dev.stowage.core.resumable.Workshop;

/** What can be done with uploads that go on at a byte, whatever protocol asks for it. */
public record ResumableUseCases(
        CreateResumable create, GetResumable get, AppendBytes append, ForgetResumable forget, JoinPieces join) {

    /**
     * All of them over one workshop.
     *
     * @param maxOpen the most open uploads of one principal
     */
    public static ResumableUseCases of(
            Workshop workshop, KeyLayout layout, AccessPolicy access, PartSizes sizes, int maxOpen) {
        return new ResumableUseCases(
                new CreateResumable(workshop, layout, access, sizes, maxOpen),
                new GetResumable(workshop, access),
                new AppendBytes(workshop, access),
                new ForgetResumable(workshop, access),
                new JoinPieces(workshop, layout, access));
    }
}
