import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger';

describe('the log', () => {
  it('holds no token that came with the address of a page', () => {
    const lines: string[] = [];
    const logger = createLogger({
      name: 'x',
      level: 'info',
      sink: { write: line => lines.push(line) },
    });
    const url = 'http://pub.test/page?token=PLANTED#PLANTED';
    logger.warn({ url, cause: `failed at ${url}` }, `nothing in ${url}`);
    logger.error({ err: new Error(`net::ERR_FAILED at ${url}`) });
    expect(lines.join('')).not.toContain('PLANTED');
    expect(JSON.parse(lines[0])).toMatchObject({
      url: 'http://pub.test/page?[masked]#[masked]',
    });
  });

  it('is one JSON object a line, without secrets in any spelling', () => {
    const lines: string[] = [];
    const secret = 'p@ss/w"rd';
    const logger = createLogger({
      name: 'x',
      level: 'info',
      secrets: [secret],
      sink: { write: line => lines.push(line) },
    });
    logger.info(
      { url: `http://u:${encodeURIComponent(secret)}@h/`, nested: { secret } },
      `failed with ${secret}`,
    );
    logger.error({ err: new Error(secret) });
    logger.info(Buffer.from(secret).toString('base64'));
    expect(lines).toHaveLength(3);
    expect(lines.map(line => JSON.parse(line).level)).toEqual([
      'info',
      'error',
      'info',
    ]);
    const all = lines.join('');
    for (const form of [
      secret,
      encodeURIComponent(secret),
      'p@ss/w\\"rd',
      Buffer.from(secret).toString('base64'),
    ]) {
      expect(all).not.toContain(form);
    }
  });
});
