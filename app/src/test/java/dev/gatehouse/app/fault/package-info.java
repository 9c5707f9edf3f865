/**
 * Peers that freeze, vanish, are silent or too many, as processes of their own, against a server like the README's; start reading at
 * {@code StoppedPeerTest}.
 */
@NullMarked
package dev.gatehouse.app.fault;

import org.jspecify.annotations.NullMarked;
