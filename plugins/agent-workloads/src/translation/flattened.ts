import type { agentWorkloadsTranslationRef } from './ref';

type Flat = {
  [Key in keyof (typeof agentWorkloadsTranslationRef)['T']]: string;
};

interface Nested {
  [key: string]: string | Nested;
}

function entries(messages: Nested, path: string): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : entries(value, `${path}${key}.`),
  );
}

/** `{runs: {phase: '…'}}` as `{'runs.phase': '…'}`, as Backstage wants the words of a language. */
export function flattened(messages: Nested): Flat {
  return Object.fromEntries(entries(messages, '')) as Flat;
}
