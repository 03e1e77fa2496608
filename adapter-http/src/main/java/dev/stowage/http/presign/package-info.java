/** The routes that sign URLs. */
@NullMarked
package dev.stowage.http.presign;

import org.jspecify.annotations.NullMarked;
