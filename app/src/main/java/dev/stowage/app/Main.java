package dev.stowage.app;

/** Where the program starts. */
public final class Main {
    private static final String USAGE = "usage: stowage <command>";

    private Main() {}

    /** Prints how the program is called. */
    public static void main(String[] args) {
        System.err.println(USAGE);
        System.exit(2);
    }
}
