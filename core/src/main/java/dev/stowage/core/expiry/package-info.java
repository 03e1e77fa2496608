/** Use cases on the expiry of files: rules, dry runs, and the deletion of what is due. */
@NullMarked
package dev.stowage.core.expiry;

import org.jspecify.annotations.NullMarked;
