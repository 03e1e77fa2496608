package dev.stowage.app;

/** The version of the service. */
final class Version {

    private Version() {}

    /** The version in the jar's manifest; {@code development} when the classes are not in a jar. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
