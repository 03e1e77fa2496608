/** Health, readiness and metrics. */
@NullMarked
package dev.stowage.http.ops;

import org.jspecify.annotations.NullMarked;
