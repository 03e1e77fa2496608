/** Finds the storage adapters, loads those of other teams apart from the service and from each other, and selects one. */
@NullMarked
package dev.stowage.app.adapter;

import org.jspecify.annotations.NullMarked;
