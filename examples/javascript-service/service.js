// A Gatehouse service in JavaScript: the demo service, on nothing but the published contract gonet2.proto.
//
//   opcode 1001  is answered with 1002 and the same payload
//   opcode 1003  is pushed to every connected user as 1004
//
// node service.js [--listen HOST:PORT]    the service token, if one is wanted, is in GATEHOUSE_TOKEN

import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const PROTO = fileURLToPath(new URL('../../link/src/main/proto/gonet2.proto', import.meta.url));
const { GameService } = grpc.loadPackageDefinition(
  protoLoader.loadSync(PROTO, { keepCase: true, defaults: true, enums: String }),
).proto;

const QUEUE_FRAMES_MAX = 1024; // frames that may wait for one user's link; a push beyond is dropped
const FRAME_BYTES_MAX = 64 * 1024 + 2 + 1024; // payload, opcode, and room for what protobuf adds
const HANDOVER_MILLIS = 2500; // how long a stop serves on, so that the gateway can move its sessions
const GRACE_MILLIS = 10000; // how long a stop takes at most

const users = new Map(); // id -> its newest stream
const streams = new Set(); // all streams, stale ones too
let stopping = false;

function stream(call) {
  const refusal = refusalOf(call.metadata);
  if (refusal) {
    end(call, ...refusal);
    return;
  }
  const id = single(call.metadata, 'userid');
  users.set(id, call);
  streams.add(call);
  call.sendMetadata(new grpc.Metadata()); // the gateway takes the response headers as the acceptance

  call.on('data', (frame) => {
    if (streams.has(call)) {
      handle(call, frame);
    }
  });
  // When the link is slow, no more of this user's packets are taken, so answers pile up nowhere.
  call.on('drain', () => call.resume());
  call.on('end', () => {
    leave(id, call);
    call.end();
  });
  call.on('cancelled', () => leave(id, call));
  call.on('error', () => leave(id, call));
}

function refusalOf(metadata) {
  if (stopping) {
    return [grpc.status.UNAVAILABLE, 'the node stops'];
  }
  if (process.env.GATEHOUSE_TOKEN && !same(single(metadata, 'authorization'), `Bearer ${process.env.GATEHOUSE_TOKEN}`)) {
    return [grpc.status.UNAUTHENTICATED, 'the service token is missing or wrong'];
  }
  if (!/^-?[0-9]{1,19}$/.test(single(metadata, 'userid'))) {
    return [grpc.status.INVALID_ARGUMENT, 'the metadata userid is missing or not a decimal number'];
  }
  return null;
}

function handle(call, frame) {
  if (frame.Type === 'Ping') {
    send(call, frame);
  } else if (frame.Type !== 'Message') {
    end(call, grpc.status.INVALID_ARGUMENT, `the frame is of the unknown type ${frame.Type}`);
  } else if (frame.Message.length < 2) {
    end(call, grpc.status.INVALID_ARGUMENT, 'the message is too short for an opcode');
  } else {
    packet(call, frame.Message.readInt16BE(0), frame.Message.subarray(2));
  }
}

function packet(call, opcode, payload) {
  if (opcode === 1001) {
    send(call, message(1002, payload));
  } else if (opcode === 1003) {
    const push = message(1004, payload);
    for (const user of users.values()) {
      if (user.writableLength < QUEUE_FRAMES_MAX) {
        send(user, push);
      }
    }
  }
}

function message(opcode, payload) {
  const bytes = Buffer.allocUnsafe(2 + payload.length);
  bytes.writeInt16BE(opcode);
  payload.copy(bytes, 2);
  return { Type: 'Message', Message: bytes };
}

function send(call, frame) {
  if (!call.write(frame)) {
    call.pause();
  }
}

/** Ends a stream with a status, after what was written to it. */
function end(call, code, details) {
  streams.delete(call);
  call.emit('error', { code, details });
}

function leave(id, call) {
  streams.delete(call);
  if (users.get(id) === call) {
    users.delete(id);
  }
}

function single(metadata, key) {
  return String(metadata.get(key)[0] ?? '');
}

/** Compares in a time that doesn't tell where two texts differ. */
function same(a, b) {
  const digest = (text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * Says goodbye to the gateways, which then move their sessions elsewhere, and serves on meanwhile. What is left after the handover
 * is flushed and ended with UNAVAILABLE, and what is left after the grace period is cut. A second signal ends at once.
 */
function stop(server) {
  if (stopping) {
    process.exit(1);
  }
  stopping = true;
  server.tryShutdown(() => process.exit(0));
  setTimeout(() => [...streams].forEach((call) => end(call, grpc.status.UNAVAILABLE, 'the node stops')), HANDOVER_MILLIS);
  setTimeout(() => {
    server.forceShutdown();
    process.exit(0);
  }, GRACE_MILLIS);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

function listenAddress() {
  const usage = 'usage: examples/run javascript-service [--listen HOST:PORT]';
  let listen;
  try {
    const options = { listen: { type: 'string', default: '127.0.0.1:7001' }, help: { type: 'boolean', short: 'h' } };
    const { values } = parseArgs({ options });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    listen = values.listen;
  } catch (error) {
    fail(`${error.message} (${usage})`);
  }
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(listen) ?? fail(`listen: ${listen} (expected: HOST:PORT)`);
  const bare = host.replace(/^\[(.*)]$/, '$1');
  if (bare !== 'localhost' && !(isIP(bare) === 4 && bare.startsWith('127.')) && bare !== '::1') {
    fail(`${listen} is not a loopback address, and this example speaks without TLS`);
  }
  return { host, port };
}

const { host, port } = listenAddress();
const server = new grpc.Server({ 'grpc.max_receive_message_length': FRAME_BYTES_MAX });
server.addService(GameService.service, { Stream: stream });
server.bindAsync(`${host}:${port}`, grpc.ServerCredentials.createInsecure(), (error, boundPort) => {
  if (error) {
    fail(`can't listen on ${host}:${port}: ${error.message}`);
  }
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => stop(server));
  }
  console.log(`ready on ${host}:${boundPort}`);
});
