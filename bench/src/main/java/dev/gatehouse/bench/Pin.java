package dev.gatehouse.bench;

/** Which processors a process may use. */
enum Pin {
    /** The measured server's own. */
    SERVER("0"),
    /** What the load and the services behind a gateway share. */
    OTHERS("1"),
    /** Both, for a server of two event loops, and for its load. */
    BOTH("0,1");

    private final String processors;

    Pin(String processors) {
        this.processors = processors;
    }

    /** As taskset reads it. */
    String processors() {
        return processors;
    }
}
