/** The entry point: {@link dev.stowage.core.Services} builds the services that adapters offer to clients. */
@NullMarked
package dev.stowage.core;

import org.jspecify.annotations.NullMarked;
