@NullMarked
package dev.stowage.http.download;

import org.jspecify.annotations.NullMarked;
