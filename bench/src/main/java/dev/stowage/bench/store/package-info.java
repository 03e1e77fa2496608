/** A small server with enough of S3 to be the store behind all contenders. */
@NullMarked
package dev.stowage.bench.store;

import org.jspecify.annotations.NullMarked;
