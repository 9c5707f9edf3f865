package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The payload of user_login_req. {@code clientCertificate} is a secret: {@link #toString()} hides it, and it is never logged and
 * never handed to a service. {@code loginIp} is what the client claims, so nothing may rely on it.
 *
 * <pre>
 * | login_way s32 | open_udid str | client_certificate str | client_version s32 | user_lang str | app_id str |
 * | os_version str | device_name str | device_id str | device_id_type s32 | login_ip str |
 * </pre>
 */
public record LoginRequest(
        int loginWay,
        String openUdid,
        String clientCertificate,
        int clientVersion,
        String userLang,
        String appId,
        String osVersion,
        String deviceName,
        String deviceId,
        int deviceIdType,
        String loginIp) {

    /** A request that says nothing but who logs in: numbers are 0, the other texts empty. */
    public static LoginRequest of(String openUdid) {
        return new LoginRequest(0, openUdid, "", 0, "", "", "", "", "", 0, "");
    }

    /** The same request with this certificate. */
    public LoginRequest withClientCertificate(String certificate) {
        return new LoginRequest(
                loginWay,
                openUdid,
                certificate,
                clientVersion,
                userLang,
                appId,
                osVersion,
                deviceName,
                deviceId,
                deviceIdType,
                loginIp);
    }

    /**
     * Reads the payload; bytes after it are ignored.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if it is truncated
     */
    public static LoginRequest read(ByteBuf payload) {
        FieldReader fields = new FieldReader(payload);
        return new LoginRequest(
                fields.s32(),
                fields.str(),
                fields.str(),
                fields.s32(),
                fields.str(),
                fields.str(),
                fields.str(),
                fields.str(),
                fields.str(),
                fields.s32(),
                fields.str());
    }

    /**
     * Appends the payload.
     *
     * @throws IllegalArgumentException if a text has more than 65535 bytes in UTF-8; the fields before it have been written
     */
    public void write(ByteBuf out) {
        FieldWriter fields = new FieldWriter(out);
        fields.s32(loginWay);
        fields.str(openUdid);
        fields.str(clientCertificate);
        fields.s32(clientVersion);
        fields.str(userLang);
        fields.str(appId);
        fields.str(osVersion);
        fields.str(deviceName);
        fields.str(deviceId);
        fields.s32(deviceIdType);
        fields.str(loginIp);
    }

    /** The fields without the certificate, of which it tells only whether there is one. */
    @Override
    public String toString() {
        return "LoginRequest[loginWay=" + loginWay
                + ", openUdid=" + openUdid
                + ", clientCertificate=" + (clientCertificate.isEmpty() ? "none" : "hidden")
                + ", clientVersion=" + clientVersion
                + ", userLang=" + userLang
                + ", appId=" + appId
                + ", osVersion=" + osVersion
                + ", deviceName=" + deviceName
                + ", deviceId=" + deviceId
                + ", deviceIdType=" + deviceIdType
                + ", loginIp=" + loginIp + "]";
    }
}
