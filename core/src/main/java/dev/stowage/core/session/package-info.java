/** The durable side of multipart uploads: what is known of each, and how it may change. */
@NullMarked
package dev.stowage.core.session;

import org.jspecify.annotations.NullMarked;
