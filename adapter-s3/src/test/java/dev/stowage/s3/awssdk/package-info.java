/**
 * The store of s3proxy in tests. The name of the package tells s3proxy that the store, like
 * S3 itself, evaluates conditions.
 */
@NullMarked
package dev.stowage.s3.awssdk;

import org.jspecify.annotations.NullMarked;
