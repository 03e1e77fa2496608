/** Links to files and folders: their management, and the page of a link. */
@NullMarked
package dev.stowage.http.link;

import org.jspecify.annotations.NullMarked;
