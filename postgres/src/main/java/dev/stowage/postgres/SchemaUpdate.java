package dev.stowage.postgres;

/**
 * What a migration did.
 *
 * @param place the database: {@code HOST:PORT/DATABASE}
 * @param before the schema before; 0 for no tables
 * @param after the schema after, which a newer version may have made
 */
public record SchemaUpdate(String place, int before, int after) {

    /** Whether anything was changed. */
    public boolean isChange() {
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
