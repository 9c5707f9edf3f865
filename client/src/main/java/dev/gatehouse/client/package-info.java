/**
 * The Java client of the gateway's protocol (PROTOCOLS.md section 2). Start reading at
 * {@link dev.gatehouse.client.GatewayClient}.
 */
@NullMarked
package dev.gatehouse.client;

import org.jspecify.annotations.NullMarked;
