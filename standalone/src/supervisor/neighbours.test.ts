import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeProgram, listeningInodes, listenerOn } from './neighbours';

describe('who holds a port', () => {
  it.each([
    [
      ['/n/bin/node', '--import', 'x', '/copy/embedded/kube-api/dist/main.mjs'],
      'another start of this project, in /copy (process 12)',
    ],
    [
      ['/n/bin/node', '/copy/demo/dist/main.mjs'],
      'another start of this project, in /copy (process 12)',
    ],
    [
      ['/n/bin/node', '/copy/mine/dist/main.mjs'],
      'node main.mjs in /copy (process 12)',
    ],
    [
      ['/n/bin/node', '--require', 'x', 'packages/backend/src/index.ts'],
      'another start of this project, in /copy (process 12)',
    ],
    [
      ['/usr/bin/node', '--flag', '/srv/app/server.js', '--password=secret'],
      'node server.js in /copy (process 12)',
    ],
    [['/usr/sbin/nginx', '-c', 'secret'], 'nginx in /copy (process 12)'],
  ])('%j', (args, expected) => {
    expect(describeProgram(args, '/copy', 12)).toBe(expected);
  });

  it('is read from the table of sockets, only of those that listen', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1B5F 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1',
      '   1: 0100007F:1B5F 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 222 1',
      '   2: 0100007F:1B60 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1',
    ].join('\n');
    expect(listeningInodes(table, 7007)).toEqual(['111']);
    expect(listeningInodes(table, 7009)).toEqual([]);
  });

  (process.platform === 'linux' ? it : it.skip)(
    'is found on this machine, with the folder it runs in',
    async () => {
      const folder = await realpath(
        await mkdtemp(path.join(tmpdir(), 'copy-')),
      );
      const child = spawn(
        process.execPath,
        [
          '-e',
          "require('net').createServer().listen(0,'127.0.0.1',function(){console.log(this.address().port)})",
        ],
        { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const port = await new Promise<number>(resolve =>
        child.stdout.on('data', chunk => resolve(Number(chunk))),
      );
      expect(await listenerOn(port)).toContain(
        `in ${folder} (process ${child.pid})`,
      );
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  );

  it('is nobody where nobody listens', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise(resolve => server.close(resolve));
    expect(await listenerOn(port)).toBeUndefined();
  });
});
