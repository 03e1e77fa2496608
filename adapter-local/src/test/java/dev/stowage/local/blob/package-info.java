/** Tests of blobs. */
@NullMarked
package dev.stowage.local.blob;

import org.jspecify.annotations.NullMarked;
