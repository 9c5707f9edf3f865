/**
 * The PROXY protocol: who a connection's client is, when a proxy stands in between. Start reading at {@link
 * dev.gatehouse.net.proxy.ProxyProtocol}.
 */
@NullMarked
package dev.gatehouse.net.proxy;

import org.jspecify.annotations.NullMarked;
