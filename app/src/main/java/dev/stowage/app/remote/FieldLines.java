package dev.stowage.app.remote;

/** The properties of one thing, a line for each, below its name. */
final class FieldLines {

    private final StringBuilder text;

    FieldLines(String title) {
        this.text = new StringBuilder(title);
    }

    FieldLines add(String name, String value) {
        text.append(System.lineSeparator())
                .append("  ")
                .append(name)
                .append(": ")
                .append(value);
        return this;
    }

    /** Returns the lines without a line end at the end. */
    String text() {
        return text.toString();
    }
}
