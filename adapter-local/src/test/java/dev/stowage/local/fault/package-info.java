/** Tests of the translation of failures. */
@NullMarked
package dev.stowage.local.fault;

import org.jspecify.annotations.NullMarked;
