@NullMarked
package dev.stowage.s3api.chunked;

import org.jspecify.annotations.NullMarked;
