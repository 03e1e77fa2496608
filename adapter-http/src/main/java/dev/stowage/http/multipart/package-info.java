/** The routes of multipart uploads. */
@NullMarked
package dev.stowage.http.multipart;

import org.jspecify.annotations.NullMarked;
