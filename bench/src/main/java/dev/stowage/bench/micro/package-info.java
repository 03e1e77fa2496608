/** JMH benchmarks of hot code. */
@NullMarked
package dev.stowage.bench.micro;

import org.jspecify.annotations.NullMarked;
