/** Tests of the package of the same name. */
@NullMarked
package dev.stowage.local.url;

import org.jspecify.annotations.NullMarked;
