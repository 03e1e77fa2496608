/** How much a client may ask for: requests each second, and uploads at once. */
@NullMarked
package dev.stowage.http.limit;

import org.jspecify.annotations.NullMarked;
