/** What the log looks like and where it goes. */
@NullMarked
package dev.stowage.app.logging;

import org.jspecify.annotations.NullMarked;
