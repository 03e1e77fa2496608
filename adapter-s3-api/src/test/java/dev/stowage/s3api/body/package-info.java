@NullMarked
package dev.stowage.s3api.body;

import org.jspecify.annotations.NullMarked;
