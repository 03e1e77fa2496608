/** SQLite with kept connections, cached statements, group commit, migrations, checks and copies. */
@NullMarked
package dev.stowage.sqlite;

import org.jspecify.annotations.NullMarked;
