/**
 * What a side of a switch on a page is called, where the page has no word of its own for it. The step `scrape` writes such names, the
 * report and the portal read them: our words must not stand between quotation marks as if the page had said them.
 */

/** How a side stands to the label beside it: a control that does not say how it stands was as the page came, or was pressed. @public */
export type SwitchStand = 'chosen' | 'notChosen' | 'asLoaded' | 'pressed';

const ENDINGS: Readonly<Record<SwitchStand, string>> = {
  chosen: 'on',
  notChosen: 'off',
  asLoaded: 'as loaded',
  pressed: 'pressed',
};

/** What a visitor has done to see a side: with which label, and what became of it. @public */
export interface SwitchSide {
  /** In the words of the page. */
  label: string;
  stand: SwitchStand;
}

/** `Yearly: off`: the name of a side that has no word of its own. */
export function nameOfSide({ label, stand }: SwitchSide): string {
  return `${label}: ${ENDINGS[stand]}`;
}

const STANDS = new Map(
  Object.entries(ENDINGS).map(([stand, ending]) => [
    ending,
    stand as SwitchStand,
  ]),
);
/** With a number behind it where two sides of a page are called alike. */
const NAMED = /^(.+): (on|off|as loaded|pressed)(?: \(.+\))?$/u;
/** As the other side of a switch with one label was called before. */
const NAMED_BEFORE = /^not “(.+)”$/u;

/**
 * Reads the name of a side; one in the page's own words is what a visitor has chosen.
 *
 * @public
 */
export function readSide(name: string): SwitchSide {
  const before = NAMED_BEFORE.exec(name);
  if (before) return { label: before[1], stand: 'notChosen' };
  const [, label = name, ending = ''] = NAMED.exec(name) ?? [];
  return { label, stand: STANDS.get(ending) ?? 'chosen' };
}
