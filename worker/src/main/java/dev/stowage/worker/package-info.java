/** Upload sessions and batch jobs that outlive a crash. */
@NullMarked
package dev.stowage.worker;

import org.jspecify.annotations.NullMarked;
