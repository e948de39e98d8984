import {
  PERIOD_WORDS,
  type PeriodName,
  createLexicon,
  lowerCase,
} from '@agentworkloads/facts';
import type { Control, FindOptions } from '../../page-script/controls';

/** Which controls of a page switch between monthly and yearly prices. Pure: the page's script tells what is there, this judges it. */

/** What to do to have one side of a switch: presses, in this order. */
export interface Side {
  /** In the page's words. */
  label: string;
  presses: Press[];
}

export interface Press {
  index: number;
  /** Of a select; -1 where the control itself is pressed. */
  option: number;
  /** Pressed only while it is still as it was found: two switches of a page are often one. */
  only?: { on: boolean | undefined };
}

/** A switch of the page: the sides to be seen, and how to come back to where it stood. */
export interface Switch {
  /** What is chosen as the page is loaded; empty where nothing says. */
  loaded: string;
  sides: Side[];
  back: Press[];
}

const PERIODS: readonly PeriodName[] = ['month', 'year', 'week', 'day'];
/** Nouns of one or two letters say a period after a stroke only: "/ m". */
const SHORTEST = 3;
const MAX_LABEL = 60;
const MAX_SWITCHES = 3;
/** Sets of choices that are pressed as one: each card may have its own. */
const MAX_GROUPS = 8;

const entries = PERIODS.flatMap(period =>
  Object.values(PERIOD_WORDS[period].adverbs)
    .concat(Object.values(PERIOD_WORDS[period].nouns))
    .flatMap(words => words)
    .filter(word => word.length >= SHORTEST || /[^\u0000-\u02ff]/.test(word))
    .map(word => [word, period] as const),
);
const MORE_WORDS = [
  ['annual', 'year'],
  ['annually', 'year'],
  ['quarterly', 'quarter'],
  ['quarter', 'quarter'],
  ['vierteljährlich', 'quarter'],
  ['trimestriel', 'quarter'],
  ['trimestral', 'quarter'],
] as const;
const lexicon = createLexicon<PeriodName | 'quarter'>([
  ...MORE_WORDS,
  ...entries,
]);

const UNPARTED_SCRIPT =
  /[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;
const all = [
  ...new Set([...MORE_WORDS, ...entries].map(([word]) => lowerCase(word))),
];

/** Words of labels that may name a period, for the page's script; {@link periodOf} has the last word. */
export const PERIOD_LABELS: FindOptions = {
  words: all.filter(word => !UNPARTED_SCRIPT.test(word)),
  parts: all.filter(word => UNPARTED_SCRIPT.test(word)),
};

/** The first period that a label names; undefined for a label that names none, or an amount of money. */
export function periodOf(label: string): PeriodName | 'quarter' | undefined {
  if (label.length > MAX_LABEL || /\p{Sc}/u.test(label)) return undefined;
  const text = lowerCase(label);
  for (let at = 0; at < text.length; at++) {
    if (at > 0 && /[\p{L}\p{M}]/u.test(text[at - 1]) && isAlphabetic(text[at]))
      continue;
    const found = lexicon.longestAt(text, at);
    if (found) return found.value;
  }
  return undefined;
}

const isAlphabetic = (char: string): boolean => !UNPARTED_SCRIPT.test(char);

type Named = Control & { period: PeriodName | 'quarter' };

/** Controls that belong together: the nearest box around one of them that holds another period, too. */
function groupChoices(choices: readonly Named[]): Named[][] {
  const groups: Named[][] = [];
  const taken = new Set<number>();
  for (const choice of choices) {
    if (taken.has(choice.index)) continue;
    for (const box of choice.around) {
      const inside = choices.filter(
        each => !taken.has(each.index) && each.around.includes(box),
      );
      const periods = new Set(inside.map(each => each.period));
      if (periods.size < 2) continue;
      // A box with the same period twice holds more than one set of choices, or plans.
      if (periods.size === inside.length) {
        groups.push(inside);
        for (const each of inside) taken.add(each.index);
      }
      break;
    }
  }
  return groups;
}

const press = (control: Control): Press => ({
  index: control.index,
  option: -1,
});

/** One switch for all groups that offer the same periods: each card may have its own. */
function switchOfChoices(groups: readonly Named[][]): Switch {
  const [first] = groups;
  const on = first.find(each => each.on) ?? undefined;
  const pressesFor = (period: Named['period']) =>
    groups.flatMap(group =>
      group.filter(each => each.period === period).map(press),
    );
  return {
    loaded: on?.label ?? '',
    sides: first
      .filter(each => each !== on)
      .map(each => ({ label: each.label, presses: pressesFor(each.period) })),
    back: pressesFor((on ?? first[0]).period),
  };
}

function switchOfSelect(control: Control): Switch | undefined {
  const named = control.options.map((option, index) => ({
    ...option,
    index,
    period: periodOf(option.label),
  }));
  const periods = named.filter(({ period }) => period !== undefined);
  if (new Set(periods.map(({ period }) => period)).size < 2) return undefined;
  const on = named.find(option => option.on);
  const choose = (index: number): Press[] => [
    { index: control.index, option: index },
  ];
  return {
    loaded: on?.label ?? '',
    sides: periods
      .filter(option => option !== on)
      .slice(0, 4)
      .map(({ label, index }) => ({ label, presses: choose(index) })),
    back: on ? choose(on.index) : [],
  };
}

/** What the two sides of a toggle are called, by the words around it or on it. */
function sidesOfToggle(control: Control): [off: string, on: string] {
  const { before, after, label } = control;
  const left = periodOf(before);
  const right = periodOf(after);
  if (left && right && left !== right) return [before, after];
  const [said] = [label, after, before].filter(each => periodOf(each));
  return [`not “${said}”`, said];
}

function switchOfToggles(toggles: readonly Control[]): Switch {
  const [first] = toggles;
  const [off, on] = sidesOfToggle(first);
  const isOn = first.on ?? false;
  const flip = toggles.map(each => ({
    ...press(each),
    only: { on: each.on },
  }));
  return {
    loaded: isOn ? on : off,
    sides: [{ label: isOn ? off : on, presses: flip }],
    back: flip.map(({ only, ...each }) => ({
      ...each,
      only: { on: only.on === undefined ? undefined : !only.on },
    })),
  };
}

/** A toggle without a word for its state may stand once only: nobody could tell whether it was pressed already. */
function togglesOf(
  controls: readonly Control[],
  taken: ReadonlySet<number>,
): Control[] {
  const toggles = controls.filter(
    ({ index, kind, label, before, after }) =>
      kind === 'toggle' &&
      !taken.has(index) &&
      [label, before, after].some(words => periodOf(words) !== undefined),
  );
  const said = toggles.filter(({ on }) => on !== undefined);
  return said.length > 0 ? said.slice(0, MAX_GROUPS) : toggles.slice(0, 1);
}

/** The switches of a page, at most three, in the order in which they are tried. */
export function findSwitches(controls: readonly Control[]): Switch[] {
  const named = controls.flatMap((control): Named[] => {
    const period = periodOf(control.label);
    // Buttons that can be pressed in are choices where each says a period of its own.
    return control.kind !== 'select' && period ? [{ ...control, period }] : [];
  });
  const byPeriods = new Map<string, Named[][]>();
  const groups = groupChoices(named);
  for (const group of groups) {
    const key = JSON.stringify(group.map(each => each.period).sort());
    byPeriods.set(key, [...(byPeriods.get(key) ?? []), group]);
  }
  const taken = new Set(groups.flat().map(({ index }) => index));
  const toggles = togglesOf(controls, taken);
  const selects = controls.filter(({ kind }) => kind === 'select');
  const found = [
    ...[...byPeriods.values()].map(alike => ({
      ...switchOfChoices(alike.slice(0, MAX_GROUPS)),
      group: alike[0][0].group,
    })),
    ...(toggles.length > 0
      ? [{ ...switchOfToggles(toggles), group: toggles[0].group }]
      : []),
    ...selects.flatMap(each => {
      const one = switchOfSelect(each);
      return one ? [{ ...one, group: each.group }] : [];
    }),
  ].slice(0, MAX_SWITCHES);
  return found.length > 1
    ? found.map(ofSwitch)
    : found.map(({ group: _group, ...each }) => each);
}

/** "Yearly" of one switch is another choice than "Yearly" of the next: where there are several, each side says whose it is. */
function ofSwitch(
  { group, ...each }: Switch & { group: string },
  index: number,
  all: ReadonlyArray<{ group: string }>,
): Switch {
  const alone = all.filter(other => other.group === group).length === 1;
  const name = group && alone ? group : `switch ${index + 1}`;
  const say = (label: string) => (label ? `${label} (${name})` : '');
  return {
    ...each,
    loaded: say(each.loaded),
    sides: each.sides.map(side => ({ ...side, label: say(side.label) })),
  };
}
