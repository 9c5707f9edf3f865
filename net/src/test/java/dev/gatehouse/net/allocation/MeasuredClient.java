package dev.gatehouse.net.allocation;

import java.io.IOException;

/** One client of a {@link MeasuredServer}, on a thread of its own. */
public interface MeasuredClient {
    /** Sends {@link AllocationRun#IN_FLIGHT} messages at once, and waits for all the answers, which it checks. */
    void exchange() throws IOException;
}
