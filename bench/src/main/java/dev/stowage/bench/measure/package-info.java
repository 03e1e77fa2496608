/** Running contenders and evaluating their results. */
@NullMarked
package dev.stowage.bench.measure;

import org.jspecify.annotations.NullMarked;
