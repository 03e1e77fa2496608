/** Quotas: counting the storage used by projects, and rejecting writes that exceed it. */
@NullMarked
package dev.stowage.core.quota;

import org.jspecify.annotations.NullMarked;
