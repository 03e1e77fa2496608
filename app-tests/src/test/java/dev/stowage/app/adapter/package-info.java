@NullMarked
package dev.stowage.app.adapter;

import org.jspecify.annotations.NullMarked;
