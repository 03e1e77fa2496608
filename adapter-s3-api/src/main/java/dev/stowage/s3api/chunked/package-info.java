/** Bodies in the coding {@code aws-chunked}: chunks with or without signatures, and trailers. */
@NullMarked
package dev.stowage.s3api.chunked;

import org.jspecify.annotations.NullMarked;
