/**
 * What s3proxy keeps its objects in during tests. The package's name tells s3proxy what such a store can do: it takes it for one that, like
 * S3 itself, decides conditions on its own.
 */
@NullMarked
package dev.stowage.s3.awssdk;

import org.jspecify.annotations.NullMarked;
