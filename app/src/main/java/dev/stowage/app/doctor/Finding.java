package dev.stowage.app.doctor;

/**
 * The result of a check.
 *
 * @param subject what was checked
 * @param text what was found
 * @param advice what to do about it; empty when there is nothing to do
 */
public record Finding(String subject, Verdict verdict, String text, String advice) {

    static Finding ok(String subject, String text) {
        return new Finding(subject, Verdict.OK, text, "");
    }

    static Finding warning(String subject, String text, String advice) {
        return new Finding(subject, Verdict.WARNING, text, advice);
    }

    static Finding failed(String subject, String text, String advice) {
        return new Finding(subject, Verdict.FAILED, text, advice);
    }

    static Finding unsupported(String subject, String text) {
        return new Finding(subject, Verdict.UNSUPPORTED, text, "");
    }

    /** How good the result is. */
    public enum Verdict {
        OK("ok"),
        /** The store does not offer it, and the service works without it. */
        UNSUPPORTED("no"),
        WARNING("warn"),
        /** The service can't work like this. */
        FAILED("FAIL");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** A short word for tables. */
        public String label() {
            return label;
        }
    }
}
