package dev.gatehouse.app.fault;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A network namespace; it ends, with its links, when the process that holds it does. */
public record Network(ChildProcess holder) implements AutoCloseable {
    /** A network without any link but its own loopback. */
    public static Network create() {
        Network network = new Network(Launch.program("network", List.of("unshare", "--net", "sleep", "600"))
                .start());
        await("a network of its own")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !of("self").equals(of(network.pid())));
        network.run("ip link set lo up");
        return network;
    }

    private static Path of(String process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", process, "ns", "net"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String pid() {
        return Long.toString(holder.pid());
    }

    /** Lays a cable to another network, with {@code 10.0.0.1} at this end and {@code 10.0.0.2} at the other. */
    public void connect(Network other) {
        run("ip link add cable type veth peer name cable netns " + other.pid());
        other.run("ip address add 10.0.0.2/24 dev cable");
        other.run("ip link set cable up");
        run("ip address add 10.0.0.1/24 dev cable");
        run("ip link set cable up");
    }

    /** Runs a command in it, and fails if that fails. */
    public void run(String command) {
        inside(Launch.program(command, List.of(command.split(" ")))).run();
    }

    /** The same, in this network. */
    public Launch inside(Launch launch) {
        return launch.behind("nsenter", "--net=/proc/" + pid() + "/ns/net", "--");
    }

    @Override
    public void close() {
        holder.close();
    }
}
