/** Expiry of files: the rules, and what is recorded about files that may be due. */
@NullMarked
package dev.stowage.core.lifecycle;

import org.jspecify.annotations.NullMarked;
