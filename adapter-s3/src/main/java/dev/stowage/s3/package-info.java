/** S3-compatible stores, accessed by the AWS SDK. */
@NullMarked
package dev.stowage.s3;

import org.jspecify.annotations.NullMarked;
