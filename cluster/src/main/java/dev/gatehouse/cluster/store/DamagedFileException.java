package dev.gatehouse.cluster.store;

/** A file of memberships isn't as it was written. */
final class DamagedFileException extends Exception {
    DamagedFileException(String message) {
        super(message);
    }
}
