import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { foreignness } from './own-folder';
import { unpackChromium, type UnpackOptions } from './unpack-chromium';

let base: string;
let folder: string;
let unpacked: number;
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'unpack-'));
  folder = path.join(base, 'chromium');
  unpacked = 0;
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** Stands for the package: a browser that tells where it was started, and a font. */
async function unpackSmall(into: string): Promise<void> {
  unpacked += 1;
  await writeFile(
    path.join(into, 'chromium'),
    '#!/bin/sh\necho "Chromium of $0"\n',
    { mode: 0o700 },
  );
  await mkdir(path.join(into, 'fonts'));
  await writeFile(path.join(into, 'fonts', 'fonts.conf'), '<fontconfig/>');
}

const unpack = (changes: Partial<UnpackOptions> = {}) =>
  unpackChromium({
    folder,
    version: '9',
    say: () => {},
    freeBytes: async () => 1e12,
    unpackInto: unpackSmall,
    ...changes,
  });

const versionOf = (program: string) =>
  execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();

describe('the unpacked browser', () => {
  it('starts, and is not unpacked a second time', async () => {
    const program = await unpack();
    expect(versionOf(program)).toBe(`Chromium of ${folder}/9/chromium`);
    expect(await unpack()).toBe(program);
    expect(unpacked).toBe(1);
    expect(await readdir(folder)).toEqual(['9']);
  });

  it('goes along when the checkout is moved', async () => {
    await unpack();
    const moved = path.join(base, 'else where');
    await rename(folder, moved);
    const program = await unpack({ folder: moved });
    expect(versionOf(program)).toBe(`Chromium of ${moved}/9/chromium`);
    expect(unpacked).toBe(1);
  });

  it('is one, whole, when many ask at once', async () => {
    const programs = await Promise.all(
      Array.from({ length: 4 }, () => unpack()),
    );
    expect(new Set(programs)).toEqual(
      new Set([path.join(folder, '9', 'chromium-launch')]),
    );
    expect(versionOf(programs[0])).toContain('Chromium');
    expect(await readdir(folder)).toEqual(['9']);
  });
});

describe('what is not whole is unpacked anew', () => {
  it.each<[string, (home: string) => Promise<unknown>]>([
    ['an empty folder', home => mkdir(home, { recursive: true })],
    [
      'half of an older way of unpacking',
      async home => {
        await mkdir(home, { recursive: true });
        await writeFile(path.join(home, 'chromium'), 'ELF');
      },
    ],
    ['a file instead of a folder', home => writeFile(home, '')],
  ])('%s', async (_what, leave) => {
    await mkdir(folder);
    await leave(path.join(folder, '9'));
    expect(versionOf(await unpack())).toContain('Chromium of');
    expect(await readdir(folder)).toEqual(['9']);
  });

  it.each<[string, (home: string) => Promise<unknown>]>([
    ['a file was cut', home => truncate(path.join(home, 'chromium'), 3)],
    ['a font is gone', home => rm(path.join(home, 'fonts/fonts.conf'))],
    ['the launcher is gone', home => rm(path.join(home, 'chromium-launch'))],
    ['the list is cut', home => truncate(path.join(home, 'contents.json'), 5)],
    [
      'a file became a link',
      async home => {
        await rename(
          path.join(home, 'chromium'),
          path.join(home, 'chromium.real'),
        );
        await symlink('chromium.real', path.join(home, 'chromium'));
      },
    ],
  ])('%s', async (_what, harm) => {
    await unpack();
    await harm(path.join(folder, '9'));
    expect(versionOf(await unpack())).toContain('Chromium of');
    expect(unpacked).toBe(2);
  });

  it('and what a killed process left is taken away, what a living one writes is not', async () => {
    await mkdir(path.join(folder, '9.partial-2147483646-a'), {
      recursive: true,
    });
    await mkdir(path.join(folder, `8.partial-${process.ppid}-b`));
    await unpack();
    expect((await readdir(folder)).sort()).toEqual([
      `8.partial-${process.ppid}-b`,
      '9',
    ]);
  });
});

describe('what could be somebody else’s is refused', () => {
  it.each(['', '9'])('a symbolic link at "%s"', async below => {
    const target = path.join(base, 'theirs');
    await unpack({ folder: target });
    const link = path.join(folder, below);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(path.join(target, below), link);
    await expect(unpack()).rejects.toThrow(
      `${path.join(folder, below)} is a symbolic link: remove it`,
    );
  });

  it('a folder of another user', () => {
    const stats = (uid: number) => ({ uid, isSymbolicLink: () => false });
    expect(foreignness(stats(1001), 1000)).toBe(
      'belongs to another user (1001, this one is 1000)',
    );
    expect(foreignness(stats(1000), 1000)).toBeUndefined();
    expect(foreignness(stats(0), undefined)).toBeUndefined();
  });
});

describe('a browser that can’t be unpacked', () => {
  it('says how much room it needs before it begins', async () => {
    await expect(
      unpack({ freeBytes: async () => 100 * 1024 * 1024 }),
    ).rejects.toThrow(
      `the disk is full: ${folder} has 100 MB free and the browser needs 400 MB once; make room`,
    );
    expect(unpacked).toBe(0);
  });

  it('says that the disk became full, and leaves nothing', async () => {
    const full = Object.assign(new Error('Command failed'), {
      stderr: 'Error: ENOSPC: no space left on device, write',
    });
    await expect(
      unpack({ unpackInto: () => Promise.reject(full) }),
    ).rejects.toThrow('the disk is full');
    expect(await readdir(folder)).toEqual([]);
    expect(versionOf(await unpack())).toContain('Chromium of');
  });

  it('is not kept when it does not start', async () => {
    const broken = (into: string) =>
      writeFile(path.join(into, 'chromium'), 'no program', { mode: 0o700 });
    await expect(unpack({ unpackInto: broken })).rejects.toThrow(
      'does not start',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('lists what is there by size', async () => {
    await unpack();
    const list = JSON.parse(
      await readFile(path.join(folder, '9', 'contents.json'), 'utf8'),
    );
    expect(Object.keys(list).sort()).toEqual([
      'chromium',
      'chromium-launch',
      'fonts/fonts.conf',
    ]);
  });
});
