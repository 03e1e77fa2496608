/** Checks of the machine, the settings, the database and the store, for operators. */
@NullMarked
package dev.stowage.app.doctor;

import org.jspecify.annotations.NullMarked;
