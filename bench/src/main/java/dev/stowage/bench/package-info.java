/** Benchmarks of the service beside nginx, the AWS SDK and plain Java. */
@NullMarked
package dev.stowage.bench;

import org.jspecify.annotations.NullMarked;
