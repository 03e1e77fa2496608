/** Links to files and folders, for people without credentials. */
@NullMarked
package dev.stowage.core.link;

import org.jspecify.annotations.NullMarked;
