/** The stores that files can be imported from. */
@NullMarked
package dev.stowage.app.imports;

import org.jspecify.annotations.NullMarked;
