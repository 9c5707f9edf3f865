/**
 * The client protocol as pure code: packets, fields, dialects, key exchange and ciphers; no socket is opened here. Start
 * reading at {@link dev.gatehouse.protocol.Gonet2}, then {@link dev.gatehouse.protocol.PacketCodec}.
 */
@NullMarked
package dev.gatehouse.protocol;

import org.jspecify.annotations.NullMarked;
