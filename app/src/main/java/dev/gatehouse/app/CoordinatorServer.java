package dev.gatehouse.app;

import dev.gatehouse.app.config.CoordinatorSettings;
import dev.gatehouse.app.config.EtcdFiles;
import dev.gatehouse.app.config.StoreChoice;
import dev.gatehouse.app.metrics.Console;
import dev.gatehouse.app.metrics.Metrics;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.cluster.Coordinator;
import dev.gatehouse.cluster.CoordinatorStatistics;
import dev.gatehouse.cluster.store.FileStore;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.etcd.EtcdAccess;
import dev.gatehouse.etcd.EtcdStore;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.tls.ServerTls;
import dev.gatehouse.net.tls.TlsFileException;
import dev.gatehouse.net.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A running {@code gatehouse coordinator}, and its console if it has one. */
final class CoordinatorServer implements Served {
    private final Coordinator coordinator;
    private final Metrics metrics;
    private final Optional<Console> console;

    private CoordinatorServer(Coordinator coordinator, CoordinatorSettings settings) {
        this.coordinator = coordinator;
        metrics = Metrics.ofCoordinator(coordinator::statistics);
        console = settings.console()
                .map(at -> Console.start(at.host(), at.port(), () -> ready(coordinator.statistics()), metrics));
    }

    /** Whether participants that come here find the rings, here or where they are sent. */
    private static boolean ready(CoordinatorStatistics statistics) {
        return statistics.leading()
                || (statistics.leader().isPresent() && statistics.trouble().isEmpty());
    }

    /**
     * Starts it all.
     *
     * @param newEpoch the epoch to begin with, where the operator says one
     */
    static CoordinatorServer start(CoordinatorSettings settings, OptionalLong newEpoch) {
        Coordinator.Builder builder = Coordinator.builder(settings.listen().toString(), settings.secret())
                .config(settings.config())
                .store(Listening.start(() -> store(settings.store(), newEpoch)));
        settings.advertise().ifPresent(address -> builder.advertise(address.toString()));
        settings.tls().map(CoordinatorServer::tls).ifPresent(builder::tls);
        settings.transport().transport().ifPresent(builder::transport);
        return new CoordinatorServer(Listening.start(builder::start), settings);
    }

    private static Store store(StoreChoice choice, OptionalLong newEpoch) {
        return switch (choice) {
            case StoreChoice.Folder(Path path) when newEpoch.isPresent() -> FileStore.in(path, newEpoch.getAsLong());
            case StoreChoice.Folder(Path path) -> FileStore.in(path);
            case StoreChoice other
            when newEpoch.isPresent() ->
                throw new OperatorException(
                        "--new-epoch: " + newEpoch.getAsLong() + " (expected: with --store file:FOLDER)");
            case StoreChoice.Nowhere() -> Store.inMemory();
            case StoreChoice.Etcd(EtcdAccess access, String prefix, Duration lease) -> {
                EtcdFiles.check(access);
                yield EtcdStore.of(access, prefix, lease);
            }
        };
    }

    private static ServerTls tls(TlsFiles files) {
        try {
            return ServerTls.of(files);
        } catch (TlsFileException e) {
            throw new OperatorException("tls." + e.getMessage(), e);
        }
    }

    @Override
    public String readyLine() {
        return "gatehouse coordinator ready on " + Address.format(coordinator.localAddress())
                + console.map(at -> " (console " + at.url() + ")").orElse("");
    }

    @Override
    public boolean stop(Duration grace) {
        boolean orderly = coordinator.stop(grace);
        console.ifPresent(Console::close);
        metrics.close();
        return orderly;
    }
}
