package dev.stowage.testkit.quota;

/** The end of a process, after a number of steps: nothing that it does from then on has any effect. Not for several threads. */
final class Doom {

    private long left;

    Doom(long steps) {
        left = steps;
    }

    /** Lives on for a step, or not. */
    void step() {
        if (left == 0) {
            throw new Killed();
        }
        left--;
    }

    /** What a process dies of. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }
}
