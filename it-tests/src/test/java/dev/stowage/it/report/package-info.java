/** The summary of the tests of a build. */
@NullMarked
package dev.stowage.it.report;

import org.jspecify.annotations.NullMarked;
