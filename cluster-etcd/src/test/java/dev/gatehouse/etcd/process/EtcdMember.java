package dev.gatehouse.etcd.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One member of an etcd cluster, before it is started.
 *
 * @param name unique in the cluster, and the name of its folder
 * @param host where it listens, and where others reach it
 */
public record EtcdMember(String name, String host, int clientPort, int peerPort) {
    /** A member on the loopback, with ports of its own. */
    public static EtcdMember local(String name) {
        return new EtcdMember(name, "127.0.0.1", Ports.free(), Ports.free());
    }

    /** Where clients reach it. */
    public String url() {
        return "http://" + host + ":" + clientPort;
    }

    /** The command that runs it. */
    public List<String> command(Path folder, List<EtcdMember> cluster) {
        String all = cluster.stream()
                .map(member -> member.name() + "=" + member.peerUrl())
                .collect(Collectors.joining(","));
        return List.of(
                "etcd",
                "--name=" + name,
                "--data-dir=" + folder.resolve(name),
                "--listen-client-urls=" + url(),
                "--advertise-client-urls=" + url(),
                "--listen-peer-urls=" + peerUrl(),
                "--initial-advertise-peer-urls=" + peerUrl(),
                "--initial-cluster=" + all,
                "--log-level=warn",
                "--log-outputs=stderr",
                "--logger=zap");
    }

    private String peerUrl() {
        return "http://" + host + ":" + peerPort;
    }
}
