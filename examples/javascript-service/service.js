// A Gatehouse service in JavaScript: the demo service, on nothing but the published contracts gonet2.proto and trunk.proto, both on one
// port. The gateway's configuration says which one it speaks.
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
import * as gonet2 from './gonet2.js';
import * as trunk from './trunk.js';

const CONTRACTS = fileURLToPath(new URL('../../link/src/main/proto', import.meta.url));
const definition = (file) =>
  grpc.loadPackageDefinition(
    protoLoader.loadSync(file, { includeDirs: [CONTRACTS], keepCase: true, longs: String, enums: String, oneofs: true, defaults: true }),
  );
const { GameService } = definition('gonet2.proto').proto;
const { Trunk } = definition('gatehouse/link/v1/trunk.proto').gatehouse.link.v1;

const HANDOVER_MILLIS = 2500; // how long a stop serves on, so that the gateway can move its sessions
const GRACE_MILLIS = 10000; // how long a stop takes at most

let stopping = false;

/** Serves a call, unless it may not come in. */
const admitting = (serve) => (call) => {
  if (stopping) {
    call.emit('error', { code: grpc.status.UNAVAILABLE, details: 'the node stops' });
  } else if (!tokenMatches(call.metadata)) {
    call.emit('error', { code: grpc.status.UNAUTHENTICATED, details: 'the service token is missing or wrong' });
  } else {
    serve(call);
  }
};

function tokenMatches(metadata) {
  const token = process.env.GATEHOUSE_TOKEN;
  return !token || same(String(metadata.get('authorization')[0] ?? ''), `Bearer ${token}`);
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
  trunk.sayGoodbye();
  server.tryShutdown(() => process.exit(0));
  setTimeout(() => {
    gonet2.stop();
    trunk.stop();
  }, HANDOVER_MILLIS);
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
const server = new grpc.Server({ 'grpc.max_receive_message_length': trunk.BATCH_BYTES_MAX });
server.addService(GameService.service, { Stream: admitting(gonet2.serve) });
server.addService(Trunk.service, { Connect: admitting(trunk.serve) });
server.bindAsync(`${host}:${port}`, grpc.ServerCredentials.createInsecure(), (error, boundPort) => {
  if (error) {
    fail(`can't listen on ${host}:${port}: ${error.message}`);
  }
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => stop(server));
  }
  console.log(`ready on ${host}:${boundPort}`);
});
