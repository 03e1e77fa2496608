package dev.stowage.testkit.quota;

/** Ends a process after a number of steps: nothing that it does from then on has any effect. For one thread. */
final class SimulatedCrash {

    private long left;

    SimulatedCrash(long steps) {
        left = steps;
    }

    /** Runs a step, or ends the process. */
    void step() {
        if (left == 0) {
            throw new Killed();
        }
        left--;
    }

    /** The end of the process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }
}
