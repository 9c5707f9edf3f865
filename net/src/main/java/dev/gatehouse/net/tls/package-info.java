/**
 * TLS from PEM files, which may change while connections are open. Start reading at {@link dev.gatehouse.net.tls.ServerTls}; what
 * becomes of a handshake that fails is in {@link dev.gatehouse.net.tls.HandshakeFailure}.
 */
@NullMarked
package dev.gatehouse.net.tls;

import org.jspecify.annotations.NullMarked;
