import type { Readable } from 'node:stream';

/** Whole lines of UTF-8 text. Unlike `readline`, it throws when the stream breaks. */
export async function* lines(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts.filter(line => line !== '');
  }
  if (rest.trim()) {
    yield rest;
  }
}
