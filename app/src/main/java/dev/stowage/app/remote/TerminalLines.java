package dev.stowage.app.remote;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines at the bottom of a terminal that are painted again in place, with messages above them. Thread-safe. */
final class TerminalLines {

    /** Clears from the cursor to the end of the screen (ECMA-48, ED). */
    private static final String CLEAR = "\u001B[J";

    private final PrintWriter out;
    private final Map<Object, String> lines = new LinkedHashMap<>();
    private int painted;

    TerminalLines(PrintWriter out) {
        this.out = out;
    }

    /**
     * Sets the text of a line, which is shown with the next painting. A new line is the last one.
     *
     * @param text without line breaks, and shorter than the terminal is wide
     */
    synchronized void set(Object line, String text) {
        lines.put(line, text);
    }

    synchronized void remove(Object line) {
        lines.remove(line);
    }

    synchronized void paint() {
        paint("");
    }

    /** Prints a message above the lines. */
    synchronized void message(String text) {
        paint(text + "\n");
    }

    private void paint(String above) {
        String up = painted > 1 ? "\u001B[" + (painted - 1) + "A" : "";
        out.print("\r" + up + CLEAR + above + String.join("\n", lines.values()));
        out.flush();
        painted = lines.size();
    }

    /** Leaves the lines, and begins a new one. */
    synchronized void end() {
        paint();
        out.println();
    }
}
