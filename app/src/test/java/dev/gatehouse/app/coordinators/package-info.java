/** Several coordinators on etcd, as processes, and what becomes of them under faults. */
@NullMarked
package dev.gatehouse.app.coordinators;

import org.jspecify.annotations.NullMarked;
