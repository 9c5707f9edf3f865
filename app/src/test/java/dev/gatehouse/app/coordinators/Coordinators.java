package dev.gatehouse.app.coordinators;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.Gatehouse;
import dev.gatehouse.app.fault.Network;
import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.Launch;
import dev.gatehouse.etcd.process.EtcdMember;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Three coordinators over three members of etcd, and a {@link Recorder}, each a process. Two coordinators, etcd and the recorder share a network; the third coordinator has one of its own,
 * with a cable between: over that it reaches etcd at one address, and the recorder reaches it at another.
 */
final class Coordinators implements AutoCloseable {
    /** The coordinator in the network of its own. */
    static final String FAR = "10.0.0.2:12343";

    private static final String ETCD_HOST = "10.0.1.1";
    private static final List<String> ADDRESSES = List.of("10.0.0.1:12341", "10.0.0.1:12342", FAR);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Duration lease;
    private final Network here = Network.create();
    private final Network there = Network.create();
    private final List<EtcdMember> members = List.of(
            new EtcdMember("etcd1", ETCD_HOST, 2371, 2381),
            new EtcdMember("etcd2", ETCD_HOST, 2372, 2382),
            new EtcdMember("etcd3", ETCD_HOST, 2373, 2383));
    private final Map<String, ChildProcess> running = new HashMap<>();

    Coordinators(Path folder, Duration lease) {
        this.folder = folder;
        this.lease = lease;
        here.connect(there);
        here.run("ip address add " + ETCD_HOST + "/24 dev cable");
        there.run("ip route add " + ETCD_HOST + "/32 dev cable");
        members.forEach(member -> startEtcd(member.name()));
    }

    /** Starts the recorder, and all coordinators; this one leads. */
    void start(String first) {
        startCoordinator(first);
        process(first).awaitError("leading in epoch");
        ADDRESSES.stream().filter(address -> !address.equals(first)).forEach(this::startCoordinator);
        Launch recorder = Launch.java("recorder", Recorder.class.getName()).arguments(ADDRESSES);
        running.put("recorder", here.inside(recorder).start());
    }

    /** Starts a member of etcd, with the data that it had. */
    void startEtcd(String name) {
        EtcdMember member = members.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        running.put(
                name,
                here.inside(Launch.program(name, member.command(folder, members)))
                        .start());
    }

    /** Starts a coordinator; it is ready when this returns. */
    void startCoordinator(String address) {
        String urls = members.stream().map(EtcdMember::url).collect(Collectors.joining(","));
        Launch launch = Launch.java("coordinator", Gatehouse.class.getName())
                .arguments(List.of(
                        "coordinator",
                        "--listen=" + address,
                        "--store=etcd:" + urls,
                        "--set=etcd.lease=" + lease.toSeconds() + "s"))
                .environment(Map.of("GATEHOUSE_CLUSTER_SECRET", "gatehouse-secret"));
        ChildProcess process =
                (address.equals(FAR) ? there : here).inside(launch).start();
        running.put(address, process);
        process.awaitLine("gatehouse coordinator ready on");
    }

    ChildProcess process(String name) {
        return Objects.requireNonNull(running.get(name), name);
    }

    /** The coordinator in its own network doesn't reach etcd any more; everybody else reaches it. */
    void cutFarFromEtcd() {
        there.run("ip route replace blackhole " + ETCD_HOST + "/32");
    }

    /** It does again. */
    void healFar() {
        there.run("ip route replace " + ETCD_HOST + "/32 dev cable");
    }

    /** Has another node join. */
    void join(String id) {
        process("recorder").say("join " + id);
    }

    Recording recording() {
        return Recording.read(process("recorder").output());
    }

    /** Waits for the first ring of a later epoch, and returns that epoch. */
    long awaitEpochAfter(long epoch) {
        await("a leader after epoch " + epoch)
                .atMost(PATIENCE)
                .until(() -> recording().epoch() > epoch);
        long now = recording().epoch();
        await("who leads in epoch " + now)
                .atMost(PATIENCE)
                .until(() -> recording().leader(now).isPresent());
        return now;
    }

    /** Waits until a node is an owner in a ring that all who go round have seen. */
    void awaitOwner(String id) {
        await(id + " is an owner")
                .atMost(PATIENCE)
                .until(() -> recording().rings().stream()
                        .anyMatch(seen -> seen.members().contains(id + "=OWNER")));
    }

    @Override
    public void close() {
        running.values().forEach(ChildProcess::close);
        there.close();
        here.close();
    }
}
