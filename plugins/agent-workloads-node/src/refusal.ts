import {
  said,
  type Said,
  type SaidCode,
  type SaidValues,
} from '@agentworkloads/api';

/**
 * An error whose sentence the pages can say in other languages: the answer has its code and values as `error.said`.
 *
 * @param Kind of @backstage/errors, which gives the status
 */
export function refusal<E extends Error, Code extends SaidCode>(
  Kind: new (message: string) => E,
  code: Code,
  values: SaidValues<Code>,
): E {
  return refusalOf(Kind, said(code, values));
}

/** The same of a sentence that was made before. */
export function refusalOf<E extends Error>(
  Kind: new (message: string) => E,
  { code, values, message }: Said,
): E {
  return Object.assign(new Kind(message), { said: { code, values } });
}
