package dev.gatehouse.app.config;

import dev.gatehouse.etcd.EtcdAccess;

/**
 * Where a gateway finds nodes in etcd.
 *
 * @param prefix what their keys begin with
 */
public record EtcdSettings(EtcdAccess access, String prefix) {}
