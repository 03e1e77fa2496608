/** Checksums of bodies, in headers and trailers. */
@NullMarked
package dev.stowage.s3api.checksum;

import org.jspecify.annotations.NullMarked;
