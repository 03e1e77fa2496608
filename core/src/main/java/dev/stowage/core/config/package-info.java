/** Settings read by name, with all mistakes collected. */
@NullMarked
package dev.stowage.core.config;

import org.jspecify.annotations.NullMarked;
