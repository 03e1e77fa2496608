/** How contenders are run and what comes of it. */
@NullMarked
package dev.stowage.bench.measure;

import org.jspecify.annotations.NullMarked;

