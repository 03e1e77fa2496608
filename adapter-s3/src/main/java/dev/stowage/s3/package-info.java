/** Any S3-compatible store, by the AWS SDK. */
@NullMarked
package dev.stowage.s3;

import org.jspecify.annotations.NullMarked;
