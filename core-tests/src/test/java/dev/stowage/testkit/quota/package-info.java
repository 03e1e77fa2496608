/** Tests of quotas, on a store and a record in memory. */
@NullMarked
package dev.stowage.testkit.quota;

import org.jspecify.annotations.NullMarked;
