/** How many statements and commits the operations of the service cost on each database. */
@NullMarked
package dev.stowage.app.statements;

import org.jspecify.annotations.NullMarked;
