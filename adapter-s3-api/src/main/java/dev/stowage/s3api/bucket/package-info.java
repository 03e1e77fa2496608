/** Buckets, which are parts of the service's keys. */
@NullMarked
package dev.stowage.s3api.bucket;

import org.jspecify.annotations.NullMarked;
