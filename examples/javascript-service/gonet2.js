// The contract gonet2: a gRPC stream for each user.

import grpc from '@grpc/grpc-js';
import * as demo from './demo.js';

const QUEUE_FRAMES_MAX = 1024; // frames that may wait for one user's link; a push beyond is dropped
const FRAME_BYTES_MAX = 64 * 1024 + 2 + 1024; // payload, opcode, and room for what protobuf adds

const streams = new Set(); // all streams, stale ones too

/** Serves a user's stream. */
export function serve(call) {
  const id = String(call.metadata.get('userid')[0] ?? '');
  if (!/^-?[0-9]{1,19}$/.test(id)) {
    end(call, grpc.status.INVALID_ARGUMENT, 'the metadata userid is missing or not a decimal number');
    return;
  }
  const user = {
    id,
    send: (message, droppable) => {
      if (!droppable || call.writableLength < QUEUE_FRAMES_MAX) {
        send(call, { Type: 'Message', Message: message });
      }
    },
  };
  const leave = () => {
    streams.delete(call);
    demo.left(user);
  };
  demo.attached(user);
  streams.add(call);
  call.sendMetadata(new grpc.Metadata()); // the gateway takes the response headers as the acceptance

  call.on('data', (frame) => {
    if (streams.has(call)) {
      handle(call, user, frame);
    }
  });
  // When the link is slow, no more of this user's packets are taken, so answers pile up nowhere.
  call.on('drain', () => call.resume());
  call.on('end', () => {
    leave();
    call.end();
  });
  call.on('cancelled', leave);
  call.on('error', leave);
}

/** Ends all streams because the node stops: the gateway attaches their users elsewhere. */
export function stop() {
  [...streams].forEach((call) => end(call, grpc.status.UNAVAILABLE, 'the node stops'));
}

function handle(call, user, frame) {
  if (frame.Type === 'Ping') {
    send(call, frame);
  } else if (frame.Type !== 'Message') {
    end(call, grpc.status.INVALID_ARGUMENT, `the frame is of the unknown type ${frame.Type}`);
  } else if (frame.Message.length < 2) {
    end(call, grpc.status.INVALID_ARGUMENT, 'the message is too short for an opcode');
  } else if (frame.Message.length > FRAME_BYTES_MAX) {
    end(call, grpc.status.INVALID_ARGUMENT, 'the message is too long');
  } else {
    demo.packet(user, frame.Message);
  }
}

function send(call, frame) {
  if (!call.write(frame)) {
    call.pause();
  }
}

/** Ends a stream with a status, after what was written to it. */
export function end(call, code, details) {
  streams.delete(call);
  call.emit('error', { code, details });
}
