// The contract trunk: one gRPC call carries all users of a gateway's event loop.

import grpc from '@grpc/grpc-js';
import * as demo from './demo.js';

export const BATCH_BYTES_MAX = 1 << 20;
const PAYLOAD_BYTES_MAX = 64 * 1024 + 2; // payload and opcode
const CREDIT_BYTES = 64 * 1024; // what a user may send before the first grant
const ENTRY_BYTES = 64; // what an entry takes beside its payload, at most
const QUEUE_PACKETS_MAX = 1024; // packets that may wait for a user's credit; a push beyond is dropped
const UNSENT_BATCHES_MAX = 64; // batches that may wait for the socket before users' packets wait for themselves
const Close = { NORMAL: 'NORMAL', UNAVAILABLE: 'UNAVAILABLE', PROTOCOL_ERROR: 'PROTOCOL_ERROR' };

const trunks = new Set();
let stopping = false;

/** Serves a gateway's call. */
export function serve(call) {
  trunks.add(new Trunk(call));
}

/** Tells the gateways that the node stops, so that they move their sessions elsewhere. */
export function sayGoodbye() {
  stopping = true;
  trunks.forEach((trunk) => trunk.write({ goaway: {} }));
}

/** Ends what is left: the gateway attaches it elsewhere. */
export function stop() {
  trunks.forEach((trunk) => trunk.stop());
}

class Trunk {
  #call;
  #attachments = new Map(); // number -> Attachment
  #entries = [];
  #bytes = 0;
  #initialCredit = null; // until the gateway has said hello
  #halfClosed = false;

  constructor(call) {
    this.#call = call;
    call.sendMetadata(new grpc.Metadata());
    call.on('data', (batch) => batch.entries.forEach((entry) => this.#take(entry)));
    call.on('drain', () => this.#attachments.forEach((attachment) => attachment.flush()));
    call.on('end', () => {
      this.#halfClosed = true;
      this.#attachments.forEach((attachment) => attachment.end(Close.NORMAL));
      this.#endIfIdle();
    });
    call.on('cancelled', () => this.#lost());
    call.on('error', () => this.#lost());
    this.write({
      hello: {
        name: 'game',
        version: 1,
        batch_bytes_max: BATCH_BYTES_MAX,
        payload_bytes_max: PAYLOAD_BYTES_MAX,
        initial_credit: CREDIT_BYTES,
      },
    });
  }

  /** Whether the socket takes more. */
  get ready() {
    return this.#call.writableLength < UNSENT_BATCHES_MAX;
  }

  /** Adds an entry to the batch that goes out when what came in has been handled. */
  write(entry, bytes = 0) {
    if (this.#bytes + bytes + ENTRY_BYTES > BATCH_BYTES_MAX) {
      this.#flush();
    }
    if (this.#entries.length === 0) {
      setImmediate(() => this.#flush());
    }
    this.#entries.push(entry);
    this.#bytes += bytes + ENTRY_BYTES;
  }

  /** Sends a packet to users of this call: one entry for those for whom nothing waits. */
  broadcast(users, message) {
    const now = users.filter((user) => user.upToDate);
    users.filter((user) => !user.upToDate).forEach((user) => user.send(message, true));
    if (now.length > 0) {
      const attachments = now.length === this.#attachments.size ? [] : now.map((user) => user.number);
      this.write({ broadcast: { attachments, payload: message } }, message.length + 10 * attachments.length);
    }
  }

  /** An attachment has said its last. */
  ended(attachment) {
    this.#attachments.delete(attachment.number);
    demo.left(attachment);
    this.#endIfIdle();
  }

  stop() {
    this.#halfClosed = true;
    this.#attachments.forEach((attachment) => attachment.end(Close.UNAVAILABLE));
    this.#endIfIdle();
  }

  #take(entry) {
    if (this.#initialCredit === null) {
      if (entry.kind !== 'hello') {
        this.#refuse('the first entry is no hello');
        return;
      }
      this.#initialCredit = entry.hello.initial_credit;
    }
    const attachment = this.#attachments.get(entry.attachment); // without one it is for a finished attachment
    switch (entry.kind) {
      case 'payload':
        attachment?.take(entry.payload);
        break;
      case 'credit':
        attachment?.granted(entry.credit);
        break;
      case 'close':
        attachment?.end(Close.NORMAL);
        break;
      case 'open':
        this.#open(entry.attachment, entry.open);
        break;
      case 'ping':
        this.write({ pong: entry.ping });
        break;
      default: // not for a node, or of a later version
    }
  }

  #open(number, open) {
    if (number === '0' || this.#attachments.has(number)) {
      this.#refuse(`an attachment is opened as ${number}`);
    } else if (stopping) {
      this.write({ attachment: number, close: { code: Close.UNAVAILABLE, text: 'the node stops' } });
    } else {
      const attachment = new Attachment(this, number, open.user, this.#initialCredit);
      this.#attachments.set(number, attachment);
      demo.attached(attachment);
    }
  }

  #flush() {
    if (this.#entries.length > 0) {
      this.#call.write({ entries: this.#entries });
      this.#entries = [];
      this.#bytes = 0;
    }
  }

  #endIfIdle() {
    if (this.#halfClosed && this.#attachments.size === 0 && trunks.delete(this)) {
      this.#flush();
      this.#call.end();
    }
  }

  #refuse(details) {
    this.#lost();
    this.#call.emit('error', { code: grpc.status.INVALID_ARGUMENT, details });
  }

  #lost() {
    trunks.delete(this);
    this.#attachments.forEach((attachment) => demo.left(attachment));
    this.#attachments.clear();
  }
}

/** A user on a trunk, held back by a credit of bytes each way. */
class Attachment {
  #credit;
  #received = CREDIT_BYTES; // what the gateway may still send
  #owed = 0; // bytes that were handled and not granted anew
  #waiting = []; // packets that wait for credit
  #ending = null;

  constructor(trunk, number, id, credit) {
    this.trunk = trunk;
    this.number = number;
    this.id = id;
    this.#credit = credit;
  }

  /** Whether nothing waits that a broadcast would pass. */
  get upToDate() {
    return this.#waiting.length === 0 && this.#ending === null;
  }

  take(message) {
    if (this.#ending !== null) {
      return;
    }
    if (message.length < 2 || message.length > PAYLOAD_BYTES_MAX || this.#received <= 0) {
      this.end(Close.PROTOCOL_ERROR);
      return;
    }
    this.#received -= message.length;
    this.#owed += message.length;
    demo.packet(this, message);
    this.#grant();
  }

  granted(bytes) {
    this.#credit += bytes;
    this.flush();
  }

  send(message, droppable) {
    if (this.#ending === null && !(droppable && this.#waiting.length >= QUEUE_PACKETS_MAX)) {
      this.#waiting.push(message);
      this.flush();
    }
  }

  /** Ends this after what waits; the first end counts. */
  end(code) {
    this.#ending ??= code;
    this.flush();
  }

  /** Sends what waits, as far as there is credit; the last packet may overdraw it. */
  flush() {
    while (this.#waiting.length > 0 && this.#credit > 0 && this.trunk.ready) {
      const message = this.#waiting.shift();
      this.#credit -= message.length;
      this.trunk.write({ attachment: this.number, payload: message }, message.length);
    }
    this.#grant();
    if (this.#ending !== null && this.#waiting.length === 0) {
      this.trunk.write({ attachment: this.number, close: { code: this.#ending } });
      this.trunk.ended(this);
    }
  }

  /** Lets the gateway send again what was handled, unless answers wait for it. */
  #grant() {
    if (this.#owed >= CREDIT_BYTES / 2 && this.#waiting.length === 0 && this.#ending === null) {
      this.trunk.write({ attachment: this.number, credit: this.#owed });
      this.#received += this.#owed;
      this.#owed = 0;
    }
  }
}
