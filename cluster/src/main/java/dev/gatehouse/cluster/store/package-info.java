/** What coordinators keep, and how they settle who of them leads. Start reading at {@link dev.gatehouse.cluster.store.Store}. */
@NullMarked
package dev.gatehouse.cluster.store;

import org.jspecify.annotations.NullMarked;
