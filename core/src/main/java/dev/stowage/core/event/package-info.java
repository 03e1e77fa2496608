/** Events: what has happened to files, uploads and jobs. */
@NullMarked
package dev.stowage.core.event;

import org.jspecify.annotations.NullMarked;
