package dev.stowage.http.form;

import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import dev.stowage.http.metadata.ExpiresIn;
import java.util.Optional;

/**
 * What holds for all files of a batch.
 *
 * @param conditions for each target
 * @param expiry of each file
 */
record BatchOptions(Preconditions conditions, Optional<OwnExpiry> expiry) {

    static final String IF_NONE_MATCH = "if_none_match";

    /** Returns these options with the form field {@code if_none_match}. @throws dev.stowage.core.error.InvalidInput when it is given twice */
    BatchOptions ifNoneMatch(String tags) {
        if (conditions.ifNoneMatch().isPresent()) {
            throw FormProblem.field(
                    IF_NONE_MATCH, "Send " + IF_NONE_MATCH + " once: as a form field or as the header If-None-Match");
        }
        Optional<TagList> others = Optional.of(TagList.parse(IF_NONE_MATCH, tags));
        return new BatchOptions(
                new Preconditions(conditions.ifMatch(), others, conditions.ifUnmodifiedSince()), expiry);
    }

    /** Returns these options with the form field {@code expires_in}. @throws dev.stowage.core.error.InvalidInput when it is given twice, or not valid */
    BatchOptions expiresIn(String seconds) {
        if (expiry.isPresent()) {
            throw FormProblem.field(ExpiresIn.NAME, "Send expires_in once: as a form field or in the query");
        }
        return new BatchOptions(
                conditions,
                Optional.of(seconds.strip()).filter(text -> !text.isEmpty()).map(OwnExpiry::inSeconds));
    }
}
