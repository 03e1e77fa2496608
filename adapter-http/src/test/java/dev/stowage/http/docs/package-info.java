@NullMarked
package dev.stowage.http.docs;

import org.jspecify.annotations.NullMarked;
