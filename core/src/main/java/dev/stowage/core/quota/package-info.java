/** Quotas: counting what projects hold around a store, and refusing what is too much. */
@NullMarked
package dev.stowage.core.quota;

import org.jspecify.annotations.NullMarked;
