package dev.gatehouse.client;

import java.time.Duration;
import java.util.Optional;

/** What a session needs of a {@link GatewayClient.Builder}. */
record ClientSettings(boolean legacyEncryption, Duration heartbeatInterval, Optional<PacketListener> listener) {}
