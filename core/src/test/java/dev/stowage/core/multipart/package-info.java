@NullMarked
package dev.stowage.core.multipart;

import org.jspecify.annotations.NullMarked;
