import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  isFree,
  pickPort,
  pickPorts,
  PORTS,
  PortReservations,
  readLastPorts,
  saveLastPorts,
  type PortName,
} from './ports';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a port', () => {
  it('is the wanted one where that is free', async () => {
    expect(await pickPort(7007, 7008, new Set(), async () => true)).toBe(7007);
  });

  it('is the next free one otherwise, and never one that is spoken for', async () => {
    const free = async (port: number) => port > 7009;
    expect(await pickPort(7007, 7008, new Set([7010]), free)).toBe(7011);
  });

  it('that somebody listens on is not free', async () => {
    const server = createServer();
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = server.address() as AddressInfo;
    expect(await isFree(port)).toBe(false);
    await new Promise(resolve => server.close(resolve));
    expect(await isFree(port)).toBe(true);
  });

  it('that can’t be found is an error that says what to do', async () => {
    await expect(
      pickPort(7007, 7008, new Set(), async () => false),
    ).rejects.toThrow('end some of the programs');
  });
});

describe('a start in the folder of an earlier one', () => {
  it('returns to the ports that it had, and to others where they are taken', async () => {
    const file = path.join(folder, 'ports.json');
    expect(await readLastPorts(file)).toEqual({});
    const reservations = new PortReservations(folder);
    const blocker = createServer();
    await new Promise<void>(resolve =>
      blocker.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port: taken } = blocker.address() as AddressInfo;
    await saveLastPorts(file, { s3: 19_177, postgres: taken });
    const ports = await pickPorts(
      ['s3', 'postgres'],
      { portalPort: 7007 },
      reservations,
      () => {},
      await readLastPorts(file),
    );
    expect(ports.s3).toBe(19_177);
    expect(ports.postgres).not.toBe(taken);
    await reservations.release();
    await new Promise(resolve => blocker.close(resolve));
  });

  it('takes a damaged record for none', async () => {
    const file = path.join(folder, 'damaged.json');
    await saveLastPorts(file, { s3: 0 });
    expect(await readLastPorts(file)).toEqual({});
  });
});

describe('two starts at the same moment', () => {
  it('never choose the same port, and what one gives back is free again', async () => {
    const first = new PortReservations(folder);
    const second = new PortReservations(folder);
    const names = Object.keys(PORTS) as PortName[];
    const choices = await Promise.all(
      [first, second].map(reservations =>
        pickPorts(names, { portalPort: 7007 }, reservations, () => {}),
      ),
    );
    const all = choices.flatMap(Object.values);
    expect(new Set(all).size).toBe(all.length);
    expect(await second.take(choices[0].portal)).toBe(false);
    await first.release();
    expect(await second.take(choices[0].portal)).toBe(true);
    await second.release();
  });
});

describe('a port that is taken', () => {
  const pick = async (
    reservations: PortReservations,
    wishes: { portalPort: number; from?: number },
  ) => {
    const lines: string[] = [];
    const chosen = await pickPorts(
      ['portal', 's3'],
      wishes,
      reservations,
      line => lines.push(line),
    );
    await reservations.release();
    return { chosen, lines };
  };

  it('is named with the program that listens there, and its folder', async () => {
    const blocker = createServer();
    await new Promise<void>(resolve => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const { lines } = await pick(new PortReservations(folder), {
      portalPort: port,
      from: 21_000,
    });
    expect(lines).toEqual([
      expect.stringContaining(
        process.platform === 'linux'
          ? `in ${process.cwd()} (process ${process.pid})`
          : 'another program',
      ),
    ]);
    await new Promise(resolve => blocker.close(resolve));
  });

  it('by a start that does not listen yet is named, too', async () => {
    const other = new PortReservations(folder);
    await other.take(21_999);
    const { chosen, lines } = await pick(new PortReservations(folder), {
      portalPort: 21_999,
      from: 22_000,
    });
    expect(chosen.portal).not.toBe(21_999);
    expect(lines.join()).toContain(`(process ${process.pid})`);
    await other.release();
  });

  it('of a range is passed over without a word', async () => {
    const other = new PortReservations(folder);
    await other.take(23_000);
    const { chosen, lines } = await pick(new PortReservations(folder), {
      portalPort: 23_500,
      from: 23_000,
    });
    expect(chosen.s3).toBeGreaterThan(23_000);
    expect(chosen.s3).toBeLessThan(23_200);
    expect(lines).toEqual([]);
    await other.release();
  });

  it('is not written down in a folder that could be somebody else’s', async () => {
    const link = path.join(folder, 'link');
    const theirs = path.join(folder, 'theirs');
    await mkdir(theirs);
    await symlink(theirs, link);
    const reservations = new PortReservations(link);
    expect(await reservations.take(24_000)).toBe(true);
    expect(await readdir(theirs)).toEqual([]);
  });
});
