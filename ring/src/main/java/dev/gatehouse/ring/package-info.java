/**
 * Who is there, and who serves a user: members, the registry that knows them, and placement. Pure, without sockets. Start
 * reading at {@link dev.gatehouse.ring.Registry}.
 */
@NullMarked
package dev.gatehouse.ring;

import org.jspecify.annotations.NullMarked;
