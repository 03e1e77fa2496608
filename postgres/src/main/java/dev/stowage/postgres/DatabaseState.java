package dev.stowage.postgres;

import java.time.Duration;

/**
 * What was found about a database, for operators.
 *
 * @param place {@code HOST:PORT/DATABASE}
 * @param schema the version of its tables; 0 when there are none yet
 * @param needed the version that this one migrates to
 * @param ahead how far the clock of this machine is ahead of the database's; negative when it is behind
 */
public record DatabaseState(String place, int schema, int needed, Duration ahead) {

    @Override
    public String toString() {
        String tables = schema == 0
                ? "no tables yet, created at the first start"
                : "schema " + schema + (schema < needed ? ", migrated to " + needed + " at the next start" : "");
        return "PostgreSQL at " + place + ", " + tables;
    }
}
