/** The processes that are measured: the service, nginx, a store. */
@NullMarked
package dev.stowage.bench.process;

import org.jspecify.annotations.NullMarked;

