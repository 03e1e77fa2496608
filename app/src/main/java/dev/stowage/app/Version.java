package dev.stowage.app;

/** The version of the service. */
final class Version {

    private Version() {}

    /** As the jar's manifest has it; {@code development} when the classes come from no jar. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
