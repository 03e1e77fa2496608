/** Tests of the expiry of files, on a store and a record in memory. */
@NullMarked
package dev.stowage.testkit.expiry;

import org.jspecify.annotations.NullMarked;
