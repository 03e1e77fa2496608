/** The measured processes: the service, nginx, and a store. */
@NullMarked
package dev.stowage.bench.process;

import org.jspecify.annotations.NullMarked;
