// What the demo service does with packets, over whatever contract they come.
//
// A user has an id, a function send(message, droppable) that sends a packet, | opcode s16 | payload |, and, if it shares a trunk with
// others, that trunk.

const users = new Map(); // id -> the newest attachment of the user

export function attached(user) {
  users.set(user.id, user);
}

export function left(user) {
  if (users.get(user.id) === user) {
    users.delete(user.id);
  }
}

/** Handles a packet of at least two bytes. */
export function packet(user, message) {
  const opcode = message.readInt16BE(0);
  if (opcode === 1001) {
    user.send(answer(1002, message), false);
  } else if (opcode === 1003) {
    tellAll(answer(1004, message));
  }
}

function tellAll(message) {
  const trunks = new Map(); // trunk -> its users
  for (const user of users.values()) {
    if (user.trunk) {
      trunks.set(user.trunk, [...(trunks.get(user.trunk) ?? []), user]);
    } else {
      user.send(message, true);
    }
  }
  trunks.forEach((its, trunk) => trunk.broadcast(its, message));
}

/** The same payload with another opcode. */
function answer(opcode, message) {
  const bytes = Buffer.from(message);
  bytes.writeInt16BE(opcode);
  return bytes;
}
