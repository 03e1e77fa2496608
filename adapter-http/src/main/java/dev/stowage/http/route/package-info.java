/** Routes, their declarations and their registration. */
@NullMarked
package dev.stowage.http.route;

import org.jspecify.annotations.NullMarked;
