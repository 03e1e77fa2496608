/** Values of projects' storage usage. */
@NullMarked
package dev.stowage.core.usage;

import org.jspecify.annotations.NullMarked;
