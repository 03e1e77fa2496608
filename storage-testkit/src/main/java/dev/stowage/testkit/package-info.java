/** What every storage adapter must do, as test classes for its module to extend. */
@NullMarked
package dev.stowage.testkit;

import org.jspecify.annotations.NullMarked;
