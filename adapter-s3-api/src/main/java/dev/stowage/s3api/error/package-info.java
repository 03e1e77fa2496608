/** Errors as S3 names them. */
@NullMarked
package dev.stowage.s3api.error;

import org.jspecify.annotations.NullMarked;
