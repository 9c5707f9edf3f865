#!/usr/bin/env python3
"""A client of the gateway in Python's standard library, written from PROTOCOLS.md section 2 alone.

    session.py HOST:PORT [--no-encryption]

Talks to a gateway with the demo service behind it (./gatehouse dev --legacy-encryption), says one line for each thing that it
checks, and exits with 0 if all of them are right.
"""

import argparse
import os
import re
import socket
import struct
import sys

HEART_BEAT_REQ, HEART_BEAT_ACK = 0, 1
USER_LOGIN_REQ, USER_LOGIN_SUCCEED_ACK = 10, 11
CLIENT_ERROR_ACK = 13
GET_SEED_REQ, GET_SEED_ACK = 30, 31
PING_REQ, PING_ACK = 1001, 1002
SAY, SAID = 1003, 1004

SEQUENCE_MISMATCH = 2
ENCRYPTION_REFUSED = 10
SIZE_MAX = 65535
PAYLOAD_BYTES_MAX = SIZE_MAX - 6  # behind seq and opcode

DH_PRIME, DH_BASE = 0x7FFFFFC3, 3
SECRETS = (123456789123, 987654321987)  # S1 and S2 of the test vector; a real client draws new ones
TIMEOUT_SECONDS = 20


class RC4:
    """The stream cipher RC4, without dropped bytes."""

    def __init__(self, key):
        state = list(range(256))
        j = 0
        for i in range(256):
            j = (j + state[i] + key[i % len(key)]) & 255
            state[i], state[j] = state[j], state[i]
        self.state, self.i, self.j = state, 0, 0

    def apply(self, data):
        state, i, j = self.state, self.i, self.j
        out = bytearray(len(data))
        for n, byte in enumerate(data):
            i = (i + 1) & 255
            j = (j + state[i]) & 255
            state[i], state[j] = state[j], state[i]
            out[n] = byte ^ state[(state[i] + state[j]) & 255]
        self.i, self.j = i, j
        return bytes(out)


def power(base, secret):
    return pow(base, secret, DH_PRIME)


def cipher(shared):
    return RC4(b"DH" + str(shared).encode("ascii"))


def text(value):
    data = value.encode("utf-8")
    return struct.pack(">H", len(data)) + data


def login_payload(open_udid):
    """user_login_req, the eleven fields in their order."""
    return b"".join((
        struct.pack(">i", 0),  # login_way
        text(open_udid),
        text(""),  # client_certificate
        struct.pack(">i", 1),  # client_version
        text("en"),
        text("session.py"),
        text(sys.platform),
        text("python3"),
        text("0"),  # device_id
        struct.pack(">i", 0),  # device_id_type
        text(""),  # login_ip
    ))


class LegacyEncryptionRefused(Exception):
    """The gateway's operator doesn't allow it."""


class Session:
    """One connection to the gateway."""

    def __init__(self, address):
        self.socket = socket.create_connection(address, TIMEOUT_SECONDS)
        self.sequence = 0
        self.outbound = None  # the ciphers, once encryption is on
        self.inbound = None
        self.sent = b""  # the last frame as it went out

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, opcode, payload=b""):
        self.sequence += 1
        body = struct.pack(">Ih", self.sequence, opcode) + payload
        if self.outbound:
            body = self.outbound.apply(body)
        self.sent = struct.pack(">H", len(body)) + body
        self.socket.sendall(self.sent)

    def receive(self):
        """The next packet: its opcode and its payload."""
        (size,) = struct.unpack(">H", self._exactly(2))
        body = self._exactly(size)
        if self.inbound:
            body = self.inbound.apply(body)
        return struct.unpack(">h", body[:2])[0], body[2:]

    def expect(self, opcode):
        """The payload of the next packet, which must have this opcode."""
        got, payload = self.receive()
        if got == CLIENT_ERROR_ACK and payload[:4] == struct.pack(">i", ENCRYPTION_REFUSED):
            raise LegacyEncryptionRefused
        if got != opcode:
            raise AssertionError(f"opcode {got} with payload {payload.hex()} (expected: opcode {opcode})")
        return payload

    def login(self, open_udid):
        self.send(USER_LOGIN_REQ, login_payload(open_udid))
        (uid,) = struct.unpack(">i", self.expect(USER_LOGIN_SUCCEED_ACK))
        return uid

    def encrypt(self, secrets):
        """The key exchange; every packet after its answer is encrypted."""
        m1, m2 = (power(DH_BASE, secret) for secret in secrets)
        self.send(GET_SEED_REQ, struct.pack(">ii", m1, m2))
        e1, e2 = struct.unpack(">ii", self.expect(GET_SEED_ACK))
        self.outbound = cipher(power(e1, secrets[0]))
        self.inbound = cipher(power(e2, secrets[1]))

    def at_end(self):
        """Whether the gateway closed its side in order; a reset raises."""
        return self.socket.recv(1) == b""

    def _exactly(self, count):
        data = bytearray()
        while len(data) < count:
            read = self.socket.recv(count - len(data))
            if not read:
                raise AssertionError("the gateway closed the connection in the middle")
            data += read
        return bytes(data)


class Checks:
    def __init__(self):
        self.failures = 0

    def equal(self, what, got, expected):
        right = got == expected
        self.failures += not right
        print(f"{'ok  ' if right else 'FAIL'} {what}" + ("" if right else f": {short(got)} (expected: {short(expected)})"))


def short(value):
    shown = value.hex() if isinstance(value, bytes) else str(value)
    return shown if len(shown) <= 80 else f"{shown[:80]}... ({len(value)} bytes)"


def vector(checks):
    """The test vector of PROTOCOLS.md, both sides of it, without a gateway."""
    s1, s2 = SECRETS
    x1, x2 = 555555555555, 777777777777
    m1, m2, e1, e2 = (power(DH_BASE, secret) for secret in (s1, s2, x1, x2))
    checks.equal("vector: M1, M2, E1, E2", (m1, m2, e1, e2), (323886651, 1569787288, 1612759624, 530847419))
    checks.equal("vector: K1 and K2 of the client", (power(e1, s1), power(e2, s2)), (1983523002, 1625948324))
    checks.equal("vector: K1 and K2 of the gateway", (power(m1, x1), power(m2, x2)), (1983523002, 1625948324))
    seeds = struct.pack(">Ihii", 1, GET_SEED_REQ, m1, m2)
    checks.equal("vector: get_seed_req", framed(seeds).hex(), "000e00000001001e134e1e3b5d910d98")
    answer = struct.pack(">hii", GET_SEED_ACK, e1, e2)
    checks.equal("vector: get_seed_ack", framed(answer).hex(), "000a001f6020c2481fa416bb")
    request = cipher(1983523002).apply(struct.pack(">Ihi", 2, HEART_BEAT_REQ, 42))
    checks.equal("vector: heart_beat_req", framed(request).hex(), "000ade0b6392fd0a4e0c44f2")
    ack = cipher(1625948324).apply(struct.pack(">hi", HEART_BEAT_ACK, 42))
    checks.equal("vector: heart_beat_ack", framed(ack).hex(), "0006ecfb9f5e2382")


def framed(body):
    return struct.pack(">H", len(body)) + body


def conversation(checks, address, kind, secrets=None):
    """One session that talks, and one that sends nothing but its login."""
    with Session(address) as listener, Session(address) as speaker:
        if secrets:
            speaker.encrypt(secrets)
            checks.equal(f"{kind}: key exchange as in the vector", speaker.sent.hex(), "000e00000001001e134e1e3b5d910d98")
        own = f"session.py {kind} {os.getpid()}"
        first, second = listener.login(own + " listener"), speaker.login(own + " speaker")
        checks.equal(f"{kind}: two users log in", first != second and first > 0 and second > 0, True)

        for number in (0, 42, -1):
            speaker.send(HEART_BEAT_REQ, struct.pack(">i", number))
            checks.equal(f"{kind}: heartbeat {number}", speaker.expect(HEART_BEAT_ACK), struct.pack(">i", number))
        speaker.send(HEART_BEAT_REQ)
        checks.equal(f"{kind}: heartbeat without an id", speaker.expect(HEART_BEAT_ACK), bytes(4))

        for size in (0, 1, 4, 63, 1024, 16384, PAYLOAD_BYTES_MAX):
            payload = bytes(n * 7 + size & 255 for n in range(size))
            speaker.send(PING_REQ, payload)
            checks.equal(f"{kind}: ping of {size} bytes", speaker.expect(PING_ACK), payload)

        said = f"hello from {own}".encode()
        speaker.send(SAY, said)
        checks.equal(f"{kind}: broadcast reaches its sender", speaker.expect(SAID), said)
        checks.equal(f"{kind}: broadcast reaches a client that only logged in", listener.expect(SAID), said)


def wrong_sequence(checks, address):
    with Session(address) as session:
        session.login(f"session.py wrong sequence {os.getpid()}")
        session.sequence += 1
        session.send(HEART_BEAT_REQ)
        payload = session.expect(CLIENT_ERROR_ACK)
        checks.equal("wrong sequence: opcode 13 says so", struct.unpack(">i", payload[:4])[0], SEQUENCE_MISMATCH)
        checks.equal("wrong sequence: the gateway closes in order", session.at_end(), True)


def main():
    arguments = argparse.ArgumentParser(description="Checks a gateway from the client's side, by PROTOCOLS.md.")
    arguments.add_argument("address", metavar="HOST:PORT", nargs="?", default="127.0.0.1:8888", help="the gateway")
    arguments.add_argument("--no-encryption", action="store_true", help="leave out the legacy encryption")
    options = arguments.parse_args()
    host, _, port = options.address.rpartition(":")
    if not host or not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) <= 65535:
        arguments.error(f"{options.address} (expected: HOST:PORT with a port of 1..65535)")
    address = (host.strip("[]"), int(port))

    checks = Checks()
    vector(checks)
    try:
        conversation(checks, address, "plain")
        if not options.no_encryption:
            conversation(checks, address, "encrypted", SECRETS)
        wrong_sequence(checks, address)
    except LegacyEncryptionRefused:
        checks.failures += 1
        print("FAIL the gateway refuses the legacy encryption: start `gatehouse dev --legacy-encryption`, or give --no-encryption")
    except (OSError, AssertionError) as error:
        checks.failures += 1
        print(f"FAIL {error}")
    print(f"{checks.failures} checks failed" if checks.failures else "all checks passed")
    return 1 if checks.failures else 0


if __name__ == "__main__":
    sys.exit(main())
