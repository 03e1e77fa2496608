package dev.stowage.postgres;

/**
 * The result of a migration.
 *
 * @param place the database: {@code HOST:PORT/DATABASE}
 * @param before the version of the schema before; 0 without tables
 * @param after the version after; higher than that of this version when a newer one has migrated
 */
public record SchemaUpdate(String place, int before, int after) {

    /** Whether anything was changed. */
    boolean isChange() {
        return before != after;
    }

    /** A sentence for operators. */
    @Override
    public String toString() {
        if (before == 0 && after > 0) {
            return "Created the tables of the database " + place + ", schema " + after;
        }
        return isChange()
                ? "Migrated the tables of the database " + place + " from schema " + before + " to " + after
                : "The tables of the database " + place + " need no migration: they have schema " + after;
    }
}
