import { describe, expect, it } from '@jest/globals';
import { createLogger } from './log';

describe('the log of the proxy', () => {
  it('holds neither the token, in any spelling, nor the query of an address', () => {
    let line = '';
    const token = 'tök/en of the proxy';
    createLogger('info', [token], text => (line += text)).info(
      {
        plain: token,
        encoded: encodeURIComponent(token),
        base64: Buffer.from(token).toString('base64'),
        of: 'http://a.example/x?key=PLANTED',
      },
      'seen',
    );
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      name: 'egress',
      plain: '[secret]',
      encoded: '[secret]',
      base64: '[secret]',
      of: 'http://a.example/x?[masked]',
      msg: 'seen',
    });
  });
});
