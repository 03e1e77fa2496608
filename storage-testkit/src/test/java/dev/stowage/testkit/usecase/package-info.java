/** The use cases of the core, on a store in memory: they live here because the core can not depend on it. */
@NullMarked
package dev.stowage.testkit.usecase;

import org.jspecify.annotations.NullMarked;
