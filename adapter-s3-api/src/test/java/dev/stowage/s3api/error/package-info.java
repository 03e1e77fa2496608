@NullMarked
package dev.stowage.s3api.error;

import org.jspecify.annotations.NullMarked;
