package dev.gatehouse.gateway.internal;

import dev.gatehouse.protocol.LoginRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** What services are told of a login, by the names of the protocol's fields: everything but the certificate. */
final class LoginAttributes {
    private LoginAttributes() {}

    static Map<String, String> of(LoginRequest request) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("login_way", Integer.toString(request.loginWay()));
        attributes.put("open_udid", request.openUdid());
        attributes.put("client_version", Integer.toString(request.clientVersion()));
        attributes.put("user_lang", request.userLang());
        attributes.put("app_id", request.appId());
        attributes.put("os_version", request.osVersion());
        attributes.put("device_name", request.deviceName());
        attributes.put("device_id", request.deviceId());
        attributes.put("device_id_type", Integer.toString(request.deviceIdType()));
        attributes.put("login_ip", request.loginIp());
        return attributes;
    }
}
