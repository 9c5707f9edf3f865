/**
 * What a coordinator and its participants say to each other, to the byte: PROTOCOLS.md, section 3. Start reading at
 * {@link dev.gatehouse.cluster.internal.message.Message}.
 */
@NullMarked
package dev.gatehouse.cluster.internal.message;

import org.jspecify.annotations.NullMarked;
