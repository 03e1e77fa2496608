package dev.stowage.azure;

import dev.stowage.core.object.WriteCondition;

/**
 * A blob to write.
 *
 * @param condition on the blob that has the name before
 * @param guard run before each request that changes something; fails when it must not be made
 */
record NewBlob(String name, WriteCondition condition, Runnable guard) {}
