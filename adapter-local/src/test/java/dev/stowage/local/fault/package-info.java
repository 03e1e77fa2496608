/** Tests of the package of the same name. */
@NullMarked
package dev.stowage.local.fault;

import org.jspecify.annotations.NullMarked;
