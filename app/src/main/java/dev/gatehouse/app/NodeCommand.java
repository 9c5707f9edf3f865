package dev.gatehouse.app;

import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.ClusterException;
import dev.gatehouse.cluster.Operator;
import java.util.function.Supplier;

/** Orders about one node. */
final class NodeCommand extends Subcommand {
    private final Supplier<String> order =
            word(0, "drain|resume", "drain: its keys go to others; resume: they return.");
    private final Supplier<String> id = word(1, "ID", "The node.");
    private final ClusterOptions cluster = new ClusterOptions(this);

    NodeCommand() {
        super(
                "node",
                "Drains a node, before it is taken down for example, or ends that."
                        + " Returns when the coordinator has accepted; 'gatehouse nodes' shows when it is done.",
                "  gatehouse node drain game2 --secret-file secret",
                "  gatehouse node resume game2 --secret-file secret");
    }

    @Override
    @SuppressWarnings("SystemOut") // It answers whoever typed it.
    public Integer call() {
        boolean draining = switch (order.get()) {
            case "drain" -> true;
            case "resume" -> false;
            default -> throw new OperatorException("order: " + order.get() + " (expected: drain or resume)");
        };
        try (Operator operator = cluster.operator()) {
            operator.drain(id.get(), draining);
        } catch (ClusterException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
        System.out.println(id.get() + (draining ? " drains" : " resumes"));
        return 0;
    }
}
