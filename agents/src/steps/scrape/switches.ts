import type { Control } from '../../page-script/controls';
import { periodOfChoice, type Period } from './period-labels';
import {
  pressedSets,
  stateOf,
  togglesByName,
  type ToggleSwitch,
} from './toggles';

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

const MAX_SWITCHES = 3;
const MAX_SIDES = 4;
/** Sets of choices that are pressed as one: each card may have its own. */
const MAX_GROUPS = 8;

type Named = Control & { period: Period };

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
    period: periodOfChoice(option.label),
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
      .slice(0, MAX_SIDES)
      .map(({ label, index }) => ({ label, presses: choose(index) })),
    back: on ? choose(on.index) : [],
  };
}

function switchOfToggles({ sides: [off, on], toggles }: ToggleSwitch): Switch {
  const isOn = stateOf(toggles[0]) ?? false;
  const flip = toggles.slice(0, MAX_GROUPS).map(each => ({
    ...press(each),
    only: { on: each.on },
  }));
  return {
    // Of a button that says nothing of its state nobody knows what the page was loaded with.
    loaded: isOn ? on : off,
    sides: [{ label: isOn ? off : on, presses: flip }],
    back: flip.map(({ only, ...each }) => ({
      ...each,
      only: { on: only.on === undefined ? undefined : !only.on },
    })),
  };
}

/** A set of buttons of which one is pressed in: here no other says a period of its own, so each is pressed for itself. */
function switchOfSet(set: readonly Control[]): Switch {
  const on = set.find(each => each.on) ?? set[0];
  return {
    loaded: on.label,
    sides: set
      .filter(each => each !== on)
      .slice(0, MAX_SIDES)
      .map(each => ({ label: each.label, presses: [press(each)] })),
    back: [press(on)],
  };
}

/** Groups of choices that offer the same periods: each card may have its own. */
function alikeGroups(groups: readonly Named[][]): Named[][][] {
  const byPeriods = new Map<string, Named[][]>();
  for (const group of groups) {
    const key = JSON.stringify(group.map(each => each.period).sort());
    byPeriods.set(key, [...(byPeriods.get(key) ?? []), group]);
  }
  return [...byPeriods.values()];
}

/** The switches of a page, at most three, in the order in which they are tried. */
export function findSwitches(controls: readonly Control[]): Switch[] {
  const named = controls.flatMap((control): Named[] => {
    const period = periodOfChoice(control.label);
    // Buttons that can be pressed in are choices where each says a period of its own.
    return control.kind !== 'select' && period ? [{ ...control, period }] : [];
  });
  const groups = groupChoices(named);
  const taken = new Set(groups.flat().map(({ index }) => index));
  const sets = pressedSets(controls, taken);
  for (const { index } of sets.flat()) taken.add(index);
  const found = [
    ...alikeGroups(groups).map(alike => ({
      ...switchOfChoices(alike.slice(0, MAX_GROUPS)),
      group: alike[0][0].group,
    })),
    ...sets.map(set => ({ ...switchOfSet(set), group: set[0].group })),
    ...togglesByName(controls, taken).map(each => ({
      ...switchOfToggles(each),
      group: each.toggles[0].group,
    })),
    ...controls.flatMap(each => {
      const one = each.kind === 'select' ? switchOfSelect(each) : undefined;
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
