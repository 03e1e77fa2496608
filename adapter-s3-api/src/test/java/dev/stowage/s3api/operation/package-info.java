@NullMarked
package dev.stowage.s3api.operation;

import org.jspecify.annotations.NullMarked;
