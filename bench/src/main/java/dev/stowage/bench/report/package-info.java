/** Results as tables, raw figures, plots and verdicts. */
@NullMarked
package dev.stowage.bench.report;

import org.jspecify.annotations.NullMarked;

