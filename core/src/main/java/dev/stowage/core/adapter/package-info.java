/** What the authors of adapters need besides the ports, and what the core itself does not use. */
@NullMarked
package dev.stowage.core.adapter;

import org.jspecify.annotations.NullMarked;
