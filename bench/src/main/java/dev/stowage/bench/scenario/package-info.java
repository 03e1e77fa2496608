/** The scenarios that are measured. */
@NullMarked
package dev.stowage.bench.scenario;

import org.jspecify.annotations.NullMarked;
