/** What the build says about its tests when they are done. */
@NullMarked
package dev.stowage.it.report;

import org.jspecify.annotations.NullMarked;
