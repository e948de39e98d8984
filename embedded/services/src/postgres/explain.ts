/** What PostgreSQL says when it can't go on, and what a person does about it. */
const REMEDIES: readonly [RegExp, string][] = [
  [
    /shared memory/i,
    'the machine allows too little of it: end some programs, or raise the limit',
  ],
  // The second is what a write says that was cut short.
  [
    /No space left on device|wrote only \d+ of \d+ bytes/i,
    'free some space on that disk, then try again',
  ],
  [
    /Address already in use/i,
    'another program listens there: end it, or take another port',
  ],
];

const SEVERITY = /\b(FATAL|PANIC|error): +/;
const HEAD = /^.*?\b(LOG|WARNING|FATAL|PANIC|ERROR|error): +/;

/** @returns the line of an output that says why a program ended, with what to do where that is known */
export function explain(output: string): string {
  const lines = output
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  for (const [pattern, remedy] of REMEDIES) {
    const line = lines.find(one => pattern.test(one));
    if (line) return `${line.replace(HEAD, '')}: ${remedy}`;
  }
  const telling = lines.find(line => SEVERITY.test(line)) ?? lines.at(-1);
  return telling?.replace(HEAD, '') ?? 'it said nothing';
}
