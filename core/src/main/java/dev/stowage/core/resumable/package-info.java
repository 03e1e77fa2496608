/** Uploads that go on at a byte: what comes is cut into parts, and what is short of a part is kept. */
@NullMarked
package dev.stowage.core.resumable;

import org.jspecify.annotations.NullMarked;
