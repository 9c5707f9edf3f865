package dev.gatehouse.app;

import dev.gatehouse.app.cluster.NodesTable;
import dev.gatehouse.cluster.Operator;
import dev.gatehouse.cluster.RingDocument;
import java.util.function.BooleanSupplier;

/** Who is in the cluster. */
final class NodesCommand extends Subcommand {
    private final BooleanSupplier json = flag("--json", "Print JSON instead of a table.");
    private final ClusterOptions cluster = new ClusterOptions(this);

    NodesCommand() {
        super(
                "nodes",
                "Shows the nodes that the coordinator knows: what they are in, and which part of their service they own.",
                "  gatehouse nodes --secret-file secret",
                "  gatehouse nodes --coordinator 10.0.0.1:12345,10.0.0.2:12345 --secret-file secret --json");
    }

    @Override
    @SuppressWarnings("SystemOut") // It answers whoever typed it.
    public Integer call() {
        try (Operator operator = cluster.operator()) {
            System.out.print(
                    json.getAsBoolean()
                            ? RingDocument.members(operator.rings()) + "\n"
                            : NodesTable.of(operator.rings()));
            return 0;
        }
    }
}
