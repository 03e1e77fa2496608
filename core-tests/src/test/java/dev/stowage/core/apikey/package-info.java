@NullMarked
package dev.stowage.core.apikey;

import org.jspecify.annotations.NullMarked;
