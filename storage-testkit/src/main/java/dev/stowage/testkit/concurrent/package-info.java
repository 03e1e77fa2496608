/** The contracts of the repositories for several processes that use one database at the same time. */
@NullMarked
package dev.stowage.testkit.concurrent;

import org.jspecify.annotations.NullMarked;
