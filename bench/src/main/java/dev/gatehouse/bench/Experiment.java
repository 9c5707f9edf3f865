package dev.gatehouse.bench;

import java.util.List;

/** Something that can be measured, and told in tables. */
interface Experiment {
    /** The ids that {@code --only} may name. */
    List<String> ids();

    /**
     * Measures.
     *
     * @return what stands in the document
     * @throws ProgramException if nothing can be measured: the load doesn't start
     */
    String run(Options options, Progress progress) throws ProgramException;
}
