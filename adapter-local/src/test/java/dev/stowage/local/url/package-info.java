/** Tests of signed URLs. */
@NullMarked
package dev.stowage.local.url;

import org.jspecify.annotations.NullMarked;
