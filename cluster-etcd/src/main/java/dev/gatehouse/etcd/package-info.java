/**
 * etcd under several coordinators: what they keep, who of them leads, and where services are found without a coordinator. Start reading at
 * {@link dev.gatehouse.etcd.EtcdStore} and {@link dev.gatehouse.etcd.EtcdRegistry}.
 */
@NullMarked
package dev.gatehouse.etcd;

import org.jspecify.annotations.NullMarked;
