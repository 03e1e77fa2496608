package dev.stowage.app.doctor;

/** The store did not do what the ports require. */
final class TrialFailed extends RuntimeException {

    TrialFailed(String message) {
        super(message);
    }

    /** @throws TrialFailed with {@code otherwise} unless {@code holds} */
    static void unless(boolean holds, String otherwise) {
        if (!holds) {
            throw new TrialFailed(otherwise);
        }
    }
}
