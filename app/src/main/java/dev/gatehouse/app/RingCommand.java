package dev.gatehouse.app;

import dev.gatehouse.app.cluster.OneService;
import dev.gatehouse.app.cluster.RingPicture;
import dev.gatehouse.app.cluster.RingTable;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.Operator;
import dev.gatehouse.cluster.RingDocument;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The rings, as a table, as JSON, or as a picture; and who owns a key. */
final class RingCommand extends Subcommand {
    private final Supplier<Optional<String>> key =
            option("--key", "KEY", String.class, "Who owns this key, a user's number for example, and who comes next.");
    private final Supplier<Optional<String>> service =
            option("--service", "SERVICE", String.class, "Only the ring of this service.");
    private final Supplier<Optional<Path>> draw =
            option("--draw", "FILE.svg", Path.class, "Draws who owns which part of the circle.");
    private final BooleanSupplier json = flag("--json", "Print JSON instead of a table.");
    private final ClusterOptions cluster = new ClusterOptions(this);

    RingCommand() {
        super(
                "ring",
                "Shows the rings that the coordinator publishes, or who owns a key.",
                "  gatehouse ring --secret-file secret",
                "  gatehouse ring --secret-file secret --service game --key 42",
                "  gatehouse ring --secret-file secret --draw ring.svg");
    }

    @Override
    @SuppressWarnings("SystemOut") // It answers whoever typed it.
    public Integer call() {
        RingSnapshot rings;
        try (Operator operator = cluster.operator()) {
            rings = operator.rings();
        }
        service.get().filter(name -> !rings.services().contains(name)).ifPresent(name -> {
            throw new OperatorException("--service: " + name + " (expected: one of " + rings.services() + ")");
        });
        draw.get().ifPresent(file -> draw(rings, file));
        if (draw.get().isEmpty()) {
            System.out.print(text(rings));
        }
        return 0;
    }

    private String text(RingSnapshot rings) {
        Optional<String> wanted = key.get();
        if (json.getAsBoolean()) {
            return wanted.map(text -> RingDocument.key(rings, service.get(), text))
                            .orElseGet(() -> RingDocument.rings(service.get()
                                    .map(name -> OneService.of(rings, name))
                                    .orElse(rings)))
                    + "\n";
        }
        return wanted.map(text -> RingTable.ofKey(rings, service.get(), text))
                .orElseGet(() -> RingTable.of(rings, service.get()));
    }

    private void draw(RingSnapshot rings, Path file) {
        try {
            Files.writeString(file, RingPicture.of(rings, service.get()));
        } catch (IOException e) {
            throw new OperatorException("--draw: " + file + " (expected: a file that can be written)", e);
        }
    }
}
