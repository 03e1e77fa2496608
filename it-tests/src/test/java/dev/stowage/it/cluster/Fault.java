package dev.stowage.it.cluster;

/** What fails in a round. The first ones are those of a short run. */
enum Fault {
    KILLED_NODE,
    KILLED_DATABASE,
    CUT_OFF_NODE,
    SUSPENDED_NODE,
    CLOCK_AHEAD,
    SILENT_NETWORK
}
