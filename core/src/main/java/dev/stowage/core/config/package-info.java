/** Settings read by name, with every mistake collected. */
@NullMarked
package dev.stowage.core.config;

import org.jspecify.annotations.NullMarked;
