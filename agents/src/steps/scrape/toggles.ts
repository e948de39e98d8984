import { nameOfSide, type SwitchStand } from '@agentworkloads/api';
import type { Control } from '../../page-script/controls';
import { namesSeveral, periodOf, type Period } from './period-labels';

/** Controls with two states, and what each state of them is called. A side of which nothing surely says what it is, gets no period's name. */

/** Whether a toggle is on, as it says itself or the words beside it do; undefined where nothing says. */
export const stateOf = ({ on, marked }: Control): boolean | undefined =>
  on ?? marked;

/** What a toggle is called while it is off, and while it is on. */
type Sides = readonly [off: string, on: string];

/** Two toggles that stand for the same are flipped together: each card may have its own. */
export interface ToggleSwitch {
  sides: Sides;
  toggles: Control[];
}

const MAX_NAME = 40;

/** The only side that has a name, and the other one, which is known by what it is not. */
const named = (on: string): Sides => [
  nameOfSide({ label: on, stand: 'notChosen' }),
  on,
];

/** What is told where nobody could say which side is which. */
function unsure(control: Control): Sides {
  const { label, before, after, group } = control;
  const both = before && after ? `${before} / ${after}` : '';
  const name = label || both || group || 'a switch';
  const side = (stand: SwitchStand) => nameOfSide({ label: name, stand });
  return stateOf(control) === undefined
    ? [side('asLoaded'), side('pressed')]
    : [side('notChosen'), side('chosen')];
}

/** The one period that a label names; none where it names both sides. */
const own = (label: string): Period | undefined =>
  namesSeveral(label) ? undefined : periodOf(label);

/**
 * What the two sides of a toggle are called. Words before it are its off side and words after it its on side, where both stand there; a
 * label of its own, or words on one side alone, are what it switches on.
 */
export function sidesOfToggle(control: Control): Sides {
  const { before, after, label } = control;
  // A button that says nothing of its state may have been in either.
  if (stateOf(control) === undefined) return unsure(control);
  const [left, right] = [periodOf(before), periodOf(after)];
  if (left && right && before !== after) return [before, after];
  if (saysItself(control))
    return left && left !== own(label) ? [before, label] : named(label);
  if (right && !left) return named(after);
  return left ? sidesByWordsBefore(control, left) : unsure(control);
}

/** The usual price stands first, and what follows is the other one; "Pay yearly" alone before a toggle asks. */
function sidesByWordsBefore(control: Control, left: Period): Sides {
  const { before, after } = control;
  if (left !== 'month') return after ? unsure(control) : named(before);
  return after && after.length <= MAX_NAME ? [before, after] : unsure(control);
}

/** Whether the label of a toggle is what it switches on. */
function saysItself({ label, labelSeen, before, after }: Control): boolean {
  const ofBoth = before && after && label === `${before} ${after}`;
  if (!label || ofBoth || namesSeveral(label)) return false;
  return labelSeen || periodOf(label) !== undefined;
}
/**
 * Buttons side by side of which one is pressed in, and at least one names a period: "Pay as you go", "Annual commitment".
 * @returns sets of them, each with the one that is pressed in
 */
export function pressedSets(
  controls: readonly Control[],
  taken: ReadonlySet<number>,
): Control[][] {
  const byBox = new Map<number, Control[]>();
  for (const control of controls) {
    const { kind, labelSeen, on, index, around } = control;
    if (kind !== 'toggle' || !labelSeen || on === undefined || taken.has(index))
      continue;
    byBox.set(around[0], [...(byBox.get(around[0]) ?? []), control]);
  }
  return [...byBox.values()].filter(
    set =>
      set.length > 1 &&
      set.filter(({ on }) => on).length === 1 &&
      set.some(({ label }) => periodOf(label)),
  );
}

/** Toggles that are flipped together, those of each name on their own. One without a word for its state may stand once only: nobody could tell whether it was pressed already. */
export function togglesByName(
  controls: readonly Control[],
  taken: ReadonlySet<number>,
): ToggleSwitch[] {
  const toggles = controls.filter(
    ({ index, kind, label, before, after }) =>
      kind === 'toggle' &&
      !taken.has(index) &&
      [label, before, after].some(words => periodOf(words) !== undefined),
  );
  const said = toggles.filter(({ on }) => on !== undefined);
  const byName = new Map<string, ToggleSwitch>();
  for (const toggle of said.length > 0 ? said : toggles.slice(0, 1)) {
    const sides = sidesOfToggle(toggle);
    const key = JSON.stringify(sides);
    const alike = byName.get(key) ?? { sides, toggles: [] };
    alike.toggles.push(toggle);
    byName.set(key, alike);
  }
  return [...byName.values()];
}
