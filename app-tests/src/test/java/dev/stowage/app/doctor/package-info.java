@NullMarked
package dev.stowage.app.doctor;

import org.jspecify.annotations.NullMarked;
