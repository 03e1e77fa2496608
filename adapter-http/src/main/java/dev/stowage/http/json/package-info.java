/** Reading and writing of JSON. */
@NullMarked
package dev.stowage.http.json;

import org.jspecify.annotations.NullMarked;
