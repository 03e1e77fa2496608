/** The program that measures the service beside others. */
@NullMarked
package dev.stowage.bench;

import org.jspecify.annotations.NullMarked;

