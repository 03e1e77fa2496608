/** Results as tables, JSON, plots and regressions. */
@NullMarked
package dev.stowage.bench.report;

import org.jspecify.annotations.NullMarked;
