/** Values of uploads: ids, parts, limits, and what is recorded about an upload while it is open. */
@NullMarked
package dev.stowage.core.multipart;

import org.jspecify.annotations.NullMarked;
