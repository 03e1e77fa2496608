/** The routes of objects, except downloads. */
@NullMarked
package dev.stowage.http.objects;

import org.jspecify.annotations.NullMarked;
