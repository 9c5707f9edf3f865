/** etcd's processes, as tests start them. */
@NullMarked
package dev.gatehouse.etcd.process;

import org.jspecify.annotations.NullMarked;
