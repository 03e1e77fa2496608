/** The routes of single objects, but for their download. */
@NullMarked
package dev.stowage.http.objects;

import org.jspecify.annotations.NullMarked;
