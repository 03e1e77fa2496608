package dev.stowage.core.multipart;

/**
 * An attempt at a part that has just begun.
 *
 * @param contested whether an older attempt at the part had begun and had not recorded what it stored: it may be running, or its process
 *     ended
 */
public record BegunPart(PartFencingToken token, boolean contested) {}
