package dev.stowage.core.quota;

import dev.stowage.core.object.CheckedContent;
import dev.stowage.core.object.Content;

/** A check of a body's size while it is read. */
@FunctionalInterface
interface SizeCheck {

    /**
     * Checks that a body may have a size.
     *
     * @throws dev.stowage.core.error.QuotaExceeded when it may not
     */
    void check(long size);

    /** Returns {@code content} so that no byte is read beyond the size that it may have. */
    default Content guard(Content content) {
        return CheckedContent.of(content, (size, complete) -> check(size));
    }
}
