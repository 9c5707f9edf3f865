package dev.gatehouse.app.config;

import dev.gatehouse.app.logging.LogSettings;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.net.tls.TlsFiles;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.snapshot.RingSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * All settings of a coordinator.
 *
 * @param listen where it listens
 * @param advertise where others reach it, if that isn't where it listens
 * @param store where members and rings are kept
 * @param secret what all share
 * @param tls the certificate that participants see; without one they speak plain TCP
 * @param config limits and times
 * @param console where health and metrics are served
 * @param transport how sockets are served
 * @param grace how long a stop may take
 * @param log the log
 */
public record CoordinatorSettings(
        HostPort listen,
        Optional<HostPort> advertise,
        StoreChoice store,
        ClusterSecret secret,
        Optional<TlsFiles> tls,
        CoordinatorConfig config,
        Optional<HostPort> console,
        TransportChoice transport,
        Duration grace,
        LogSettings log) {

    /**
     * Reads the settings.
     *
     * @throws dev.gatehouse.app.operator.OperatorException for the first mistake that is found
     */
    public static CoordinatorSettings read(Sources sources) {
        Values values = new ConfigReader(CoordinatorKeys.KEYS).read(sources);
        StoreChoice store = StoreChoice.read(values);
        requireAddress(values, store);
        return new CoordinatorSettings(
                values.get(CoordinatorKeys.LISTEN),
                values.find(CoordinatorKeys.ADVERTISE),
                store,
                ClusterSecrets.read(values.readable(CoordinatorKeys.SECRET_FILE), sources.environment()),
                ListenerKeys.tls(values),
                config(values),
                values.get(CoordinatorKeys.CONSOLE_LISTEN),
                values.get(CoordinatorKeys.TRANSPORT),
                values.get(CoordinatorKeys.GRACE),
                LogKeys.read(values));
    }

    /** Those who come to a coordinator that doesn't lead are sent to the leader, so they need to be told where it is. */
    private static void requireAddress(Values values, StoreChoice store) {
        HostPort listen = values.get(CoordinatorKeys.LISTEN);
        if (store instanceof StoreChoice.Etcd
                && listen.isEverywhere()
                && values.find(CoordinatorKeys.ADVERTISE).isEmpty()) {
            throw values.error(
                    CoordinatorKeys.ADVERTISE,
                    new String[0],
                    "not set",
                    "where participants reach this coordinator, as listen is " + listen + " and others tell of it");
        }
    }

    private static CoordinatorConfig config(Values values) {
        Duration pingInterval = values.get(CoordinatorKeys.PING_INTERVAL);
        Duration silence = values.get(CoordinatorKeys.SILENCE);
        if (silence.compareTo(pingInterval) <= 0) {
            throw values.error(
                    CoordinatorKeys.SILENCE,
                    new String[0],
                    Durations.format(silence),
                    "more than ping-interval, " + Durations.format(pingInterval));
        }
        return CoordinatorConfig.DEFAULT.toBuilder()
                .connectionsMax(values.get(CoordinatorKeys.CONNECTIONS_MAX))
                .unverifiedMax(values.get(CoordinatorKeys.UNVERIFIED_MAX))
                .closingMax(values.get(CoordinatorKeys.CLOSING_MAX))
                .verifyTimeout(values.get(CoordinatorKeys.VERIFY_TIMEOUT))
                .pingInterval(pingInterval)
                .missesAllowed(values.get(CoordinatorKeys.MISSES_ALLOWED))
                .silence(silence)
                .suspectTime(values.get(CoordinatorKeys.SUSPECT_TIME))
                .returnTime(values.get(CoordinatorKeys.RETURN_TIME))
                .pause(values.get(CoordinatorKeys.PAUSE))
                .contestTime(values.get(CoordinatorKeys.CONTEST_TIME))
                .ringsPerSecondMax(values.get(CoordinatorKeys.RINGS_PER_SECOND_MAX))
                .messagesPerSecondMax(values.get(CoordinatorKeys.MESSAGES_PER_SECOND_MAX))
                .membership(membership(values))
                .build();
    }

    private static MembershipSettings membership(Values values) {
        RingSettings ring = new RingSettings(
                values.get(CoordinatorKeys.ALGORITHM),
                values.get(CoordinatorKeys.POINTS),
                values.get(CoordinatorKeys.BOUND_PERCENT));
        return new MembershipSettings(
                ring,
                values.get(CoordinatorKeys.REMOVE_AFTER),
                values.get(CoordinatorKeys.DROP_AFTER),
                values.get(CoordinatorKeys.MEMBERS_MAX),
                values.get(CoordinatorKeys.POINTS_MAX),
                Math.toIntExact(values.get(CoordinatorKeys.RING_BYTES_MAX)));
    }
}
