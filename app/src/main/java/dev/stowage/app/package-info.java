/** The composition root: configuration, wiring and the command line. */
@NullMarked
package dev.stowage.app;

import org.jspecify.annotations.NullMarked;
