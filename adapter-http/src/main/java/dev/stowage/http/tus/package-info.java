/** The tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload). */
@NullMarked
package dev.stowage.http.tus;

import org.jspecify.annotations.NullMarked;
