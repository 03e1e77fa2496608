/** How much a client may ask for, requests each second and uploads at once, and all together: transfers at once. */
@NullMarked
package dev.stowage.http.limit;

import org.jspecify.annotations.NullMarked;
