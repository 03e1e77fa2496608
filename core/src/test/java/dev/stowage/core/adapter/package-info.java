@NullMarked
package dev.stowage.core.adapter;

import org.jspecify.annotations.NullMarked;
