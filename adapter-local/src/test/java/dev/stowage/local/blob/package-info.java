/** Tests of the package of the same name. */
@NullMarked
package dev.stowage.local.blob;

import org.jspecify.annotations.NullMarked;
