import { createHash } from 'node:crypto';

/** A user that a process runs as, by numbers: it needs no entry in `/etc/passwd`. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root gives it away. `server` belongs to nobody else. initdb looks its own user up by
 * name, which only `init`, one that the system knows, survives; what it made is handed over afterwards.
 */
export interface Accounts {
  server: Account;
  init: Account;
}

/** systemd's list of user ids (UIDS-GIDS.md) calls this range unused; Debian and containers don't give it away either. */
const FIRST = 60_578;
const LAST = 61_183;

interface Entry extends Account {
  name: string;
}

function parsePasswd(text: string): Entry[] {
  return text.split('\n').flatMap(line => {
    const [name, , uid, gid] = line.split(':');
    const entry = { name, uid: Number(uid), gid: Number(gid) };
    return uid && Number.isInteger(entry.uid) && Number.isInteger(entry.gid)
      ? [entry]
      : [];
  });
}

/**
 * @param passwd text of `/etc/passwd`
 * @param folder the database's: two on one machine don't share an account
 * @throws Error where the system knows no user but root
 */
export function chooseAccounts(passwd: string, folder: string): Accounts {
  const entries = parsePasswd(passwd);
  const ordinary = entries.filter(({ uid }) => uid !== 0);
  const init = ordinary.find(({ name }) => name === 'nobody') ?? ordinary.at(0);
  if (!init) {
    throw new Error(
      'PostgreSQL refuses to run as root, and /etc/passwd knows no other user: start as another one, or add "nobody"',
    );
  }
  const taken = new Set(entries.flatMap(({ uid, gid }) => [uid, gid]));
  const size = LAST - FIRST + 1;
  const at = createHash('sha256').update(folder).digest().readUInt32BE(0);
  for (let step = 0; step < size; step += 1) {
    const uid = FIRST + ((at + step) % size);
    if (!taken.has(uid)) {
      return {
        server: { uid, gid: uid },
        // Its group: the programs are for that alone.
        init: { uid: init.uid, gid: uid },
      };
    }
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and all user ids from ${FIRST} to ${LAST} are taken: start as another user`,
  );
}
