package dev.stowage.postgres.repositories;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.postgres.CutProxy;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.concurrent.SharedRecord;
import dev.stowage.testkit.postgres.PostgresServer;
import java.util.Optional;

/** A database that several nodes have opened, through a proxy that can cut their connections. */
final class PostgresRecord implements SharedRecord {

    private final CutProxy proxy = new CutProxy(PostgresServer.shared().port());
    private final Nodes nodes;

    private PostgresRecord(boolean proxied) {
        String port = ":" + PostgresServer.shared().port();
        // Without prepared statements, so that the proxy sees the text of each COMMIT.
        nodes = new Nodes(url -> proxied ? url.replace(port, ":" + proxy.port()) + "?prepareThreshold=0" : url);
    }

    static PostgresRecord direct() {
        return new PostgresRecord(false);
    }

    static PostgresRecord proxied() {
        return new PostgresRecord(true);
    }

    @Override
    public Member as(ProcessId process) {
        Repositories repositories = nodes.open(process);
        return new Member(
                repositories.sessions(),
                repositories.jobs(),
                repositories.keys(),
                repositories.principals(),
                repositories.usage(),
                repositories.leases());
    }

    @Override
    public int rounds() {
        return Integer.getInteger("stowage.race.rounds", 15);
    }

    @Override
    public Optional<CommitLoss> commitLoss() {
        return Optional.of(made -> {
            if (made) {
                proxy.cutAfter("COMMIT");
            } else {
                proxy.cutBefore("COMMIT");
            }
        });
    }

    @Override
    public void close() {
        nodes.close();
        proxy.close();
    }
}
