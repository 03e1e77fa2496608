/** The format and destination of the logs. */
@NullMarked
package dev.stowage.app.logging;

import org.jspecify.annotations.NullMarked;
