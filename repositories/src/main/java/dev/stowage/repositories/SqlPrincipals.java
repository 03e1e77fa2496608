package dev.stowage.repositories;

import dev.stowage.core.access.Principal;
import dev.stowage.core.port.records.PrincipalStore;
import java.time.Instant;
import java.util.Optional;

/** Principals authenticated by tokens, in an SQL database. */
final class SqlPrincipals implements PrincipalStore {

    private final SqlDatabase database;

    SqlPrincipals(SqlDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Principal> find(String id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM known_principal WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> Principal.of(
                        row.getString("id"),
                        row.getString("name"),
                        RightsText.parse(row.getString("scopes"), row.getString("actions"))))
                .findOne());
    }

    @Override
    public void note(Principal principal, Instant now) {
        int unused = database.write(
                handle -> handle.createUpdate("INSERT INTO known_principal (id, name, scopes, actions, seen_at)"
                                + " VALUES (:id, :name, :scopes, :actions, :seen) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                                + " scopes = excluded.scopes, actions = excluded.actions, seen_at = excluded.seen_at")
                        .bind("id", principal.id().orElseThrow())
                        .bind("name", principal.name())
                        .bind("scopes", RightsText.scopes(principal.rights()))
                        .bind("actions", RightsText.actions(principal.rights()))
                        .bind("seen", now.toEpochMilli())
                        .execute());
    }
}
