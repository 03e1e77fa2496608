/** The contract of storage adapters and records, as test classes to extend. */
@NullMarked
package dev.stowage.testkit;

import org.jspecify.annotations.NullMarked;
