@NullMarked
package dev.stowage.s3;

import org.jspecify.annotations.NullMarked;
