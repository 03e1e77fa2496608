/** Help outside the program: completion for shells, and the manual page. */
@NullMarked
package dev.stowage.app.help;

import org.jspecify.annotations.NullMarked;
