package dev.gatehouse.bench;

/** What stands below the tables of an experiment, from what it measured. */
@FunctionalInterface
interface Appendix {
    /** Nothing. */
    Appendix NONE = (costs, options, progress) -> "";

    /** The text; may measure more for it. */
    String text(Costs costs, Options options, Progress progress) throws ProgramException;
}
