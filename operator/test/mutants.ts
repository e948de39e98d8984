import { isObject } from '../src/json';

export interface Mutant {
  /** Where and how it differs. */
  what: string;
  value: unknown;
}

/** Every way to change a JSON value in one place: each part taken away, emptied, weakened, or added to. */
export function mutantsOf(value: unknown, at = 'spec'): Mutant[] {
  if (Array.isArray(value)) {
    return [
      { what: `${at} is empty`, value: [] },
      { what: `${at} has one more`, value: [...value, '*'] },
      ...value.map((_one, index) => ({
        what: `${at}[${index}] is gone`,
        value: value.filter((_other, other) => other !== index),
      })),
      ...value.flatMap((one, index) =>
        mutantsOf(one, `${at}[${index}]`).map(({ what, value: changed }) => ({
          what,
          value: value.map((same, other) => (other === index ? changed : same)),
        })),
      ),
    ];
  }
  if (isObject(value)) {
    return [
      { what: `${at} has one more`, value: { ...value, extra: 'x' } },
      ...Object.keys(value).flatMap(key => {
        const { [key]: inner, ...rest } = value;
        return [
          { what: `${at}.${key} is gone`, value: rest },
          ...mutantsOf(inner, `${at}.${key}`).map(mutant => ({
            ...mutant,
            value: { ...value, [key]: mutant.value },
          })),
        ];
      }),
    ];
  }
  return ['true', 'false', 'Ignore', 'Warn', ''].flatMap(other =>
    other === value ? [] : [{ what: `${at} is '${other}'`, value: other }],
  );
}
