package dev.stowage.bench.scenario;

import java.util.List;

/** All scenarios. */
public final class Scenarios {

    private Scenarios() {}

    /** In the order of execution. */
    public static List<Scenario> all() {
        return List.of(
                new Downloads(),
                new Uploads(),
                new Parts(),
                new SmallRequests(),
                new LocalStore(),
                new Lists(),
                new Jobs(),
                new Nodes(),
                new Events(),
                new Memory(),
                new Resumable(),
                new TusPeers(),
                new Through(),
                new S3Front(),
                new MinioPeer(),
                new StartUp());
    }
}
