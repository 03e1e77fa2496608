/** Who may do what: principals, their rights, and the one place that decides. */
@NullMarked
package dev.stowage.core.access;

import org.jspecify.annotations.NullMarked;
