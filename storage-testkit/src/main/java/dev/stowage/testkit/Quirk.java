package dev.stowage.testkit;

/** Where a store is known to differ from the contract. The kit then asserts the difference instead, so that its end is noticed. */
public enum Quirk {
    /** Completing takes parts below the minimum size that the adapter declares. */
    TAKES_SMALL_PARTS
}
