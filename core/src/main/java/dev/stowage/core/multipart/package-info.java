/** Values of multipart uploads: ids, parts, limits. */
@NullMarked
package dev.stowage.core.multipart;

import org.jspecify.annotations.NullMarked;
