@NullMarked
package dev.stowage.app.stores;

import org.jspecify.annotations.NullMarked;
