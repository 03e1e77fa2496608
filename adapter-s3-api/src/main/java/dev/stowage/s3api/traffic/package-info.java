/** What requests share with those of other protocols of the process. */
@NullMarked
package dev.stowage.s3api.traffic;

import org.jspecify.annotations.NullMarked;
