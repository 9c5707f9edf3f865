/**
 * The socket framework: servers and clients for framed TCP. Start reading at {@link dev.gatehouse.net.Server}, then follow a
 * message through {@link dev.gatehouse.net.Framing} to {@link dev.gatehouse.net.ConnectionHandler}.
 */
@NullMarked
package dev.gatehouse.net;

import org.jspecify.annotations.NullMarked;
