package dev.gatehouse.load;

/**
 * Where a load stands: a look at its counters, a twentieth of a second old at most.
 *
 * @param connected clients whose connection is ready for messages
 * @param settled clients whose first connect has ended, well or badly
 * @param answers answers of the run so far
 * @param faults faults of the run so far
 */
public record LoadProgress(int connected, int settled, long answers, long faults) {
    static final LoadProgress NONE = new LoadProgress(0, 0, 0, 0);

    LoadProgress plus(LoadProgress other) {
        return new LoadProgress(
                connected + other.connected, settled + other.settled, answers + other.answers, faults + other.faults);
    }
}
