import { describe, expect, it } from '@jest/globals';
import type { Control } from '../../page-script/controls';
import { periodOf } from './period-labels';
import { findSwitches } from './switches';

const control = (index: number, more: Partial<Control>): Control => ({
  index,
  kind: 'choice',
  label: '',
  labelSeen: true,
  before: '',
  after: '',
  around: [1, 0],
  group: '',
  options: [],
  ...more,
});

describe('the period that a label names', () => {
  it.each([
    ['Monthly', 'month'],
    ['Pay yearly', 'year'],
    ['Annual (2 months free)', 'year'],
    ['Billed annually −20%', 'year'],
    ['Jährlich', 'year'],
    ['Mensuel', 'month'],
    ['Ежемесячно', 'month'],
    ['年額', 'year'],
    ['월간', 'month'],
    ['Pro', undefined],
    ['Mongolia', undefined],
    ['Demonstration', undefined],
    ['$10 monthly', undefined],
    ['Monthly $10', undefined],
    ['Monthly — $10/mo', undefined],
    ['Annually (save $48)', 'year'],
    ['Annually · €20 off', 'year'],
    ['Yearly −$36', 'year'],
    ['Jährlich, 48 € gespart', 'year'],
    ['Yr', 'year'],
    ['Jahresabo', 'year'],
  ])('%s is %s', (label, period) => {
    expect(periodOf(label)).toBe(period);
  });
});

describe('a switch', () => {
  it('is what offers two periods side by side, with the one in force as it stands', () => {
    const [found] = findSwitches([
      control(0, { label: 'Monthly', on: true }),
      control(1, { label: 'Yearly', on: false }),
    ]);
    expect(found.loaded).toBe('Monthly');
    expect(found.sides.map(({ label }) => label)).toEqual(['Yearly']);
    expect(found.back).toEqual([{ index: 0, option: -1 }]);
  });

  it('is one for all cards that have their own', () => {
    const found = findSwitches([
      control(0, { label: 'Monthly', around: [1, 0] }),
      control(1, { label: 'Yearly', around: [1, 0] }),
      control(2, { label: 'Monthly', around: [2, 0] }),
      control(3, { label: 'Yearly', around: [2, 0] }),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0].sides.at(-1)?.presses.map(({ index }) => index)).toEqual([
      1, 3,
    ]);
  });

  it('is named by its sides where it is the only one, whatever its set is called', () => {
    const [found] = findSwitches([
      control(0, { label: 'Monthly', on: true, group: 'Billing' }),
      control(1, { label: 'Yearly', group: 'Billing' }),
    ]);
    expect([found.loaded, found.sides[0].label]).toEqual(['Monthly', 'Yearly']);
  });

  const two = (first: string, second: string) =>
    findSwitches([
      control(0, { label: 'Monthly', on: true, around: [1, 0], group: first }),
      control(1, { label: 'Yearly', around: [1, 0], group: first }),
      control(2, {
        kind: 'select',
        around: [2, 0],
        group: second,
        options: [
          { label: 'Monthly', on: false },
          { label: 'Yearly', on: true },
        ],
      }),
    ]).map(({ loaded, sides }) => [loaded, ...sides.map(({ label }) => label)]);

  it('is said with each of its sides where there are two', () => {
    expect(two('Plans', 'Support')).toEqual([
      ['Monthly (Plans)', 'Yearly (Plans)'],
      ['Yearly (Support)', 'Monthly (Support)'],
    ]);
  });

  it.each([
    ['no name', '', ''],
    ['the same name', 'Billing', 'Billing'],
  ])('that has %s is counted', (_kind, first, second) => {
    expect(two(first, second)).toEqual([
      ['Monthly (switch 1)', 'Yearly (switch 1)'],
      ['Yearly (switch 2)', 'Monthly (switch 2)'],
    ]);
  });

  it('is none where all say the same period, or only one stands there', () => {
    expect(
      findSwitches([
        control(0, { label: 'Monthly' }),
        control(1, { label: 'Per month' }),
      ]),
    ).toEqual([]);
    expect(findSwitches([control(0, { label: 'Yearly' })])).toEqual([]);
  });

  it('is one of two buttons that can be pressed in, each with a period of its own', () => {
    const toggle = { kind: 'toggle' as const };
    const found = findSwitches([
      control(0, { ...toggle, label: 'Monthly', after: 'Annual', on: true }),
      control(1, { ...toggle, label: 'Annual', before: 'Monthly', on: false }),
    ]);
    expect(
      found.map(({ loaded, sides }) => [loaded, sides.map(s => s.label)]),
    ).toEqual([['Monthly', ['Annual']]]);
  });

  it('names the sides of a toggle by the words around it', () => {
    const [found] = findSwitches([
      control(0, {
        kind: 'toggle',
        before: 'Monthly',
        after: 'Yearly',
        on: true,
      }),
    ]);
    expect([found.loaded, found.sides[0].label]).toEqual(['Yearly', 'Monthly']);
  });

  const toggle = (more: Partial<Control>) => {
    const [found] = findSwitches([control(0, { kind: 'toggle', ...more })]);
    return [found.loaded, ...found.sides.map(({ label }) => label)];
  };
  const MONTHLY = { before: 'Monthly', on: false };

  it.each<[string, Partial<Control>, string, string]>([
    [
      'a saving in money behind it',
      { ...MONTHLY, after: 'Annually (save $48)' },
      'Monthly',
      'Annually (save $48)',
    ],
    [
      'what is no period',
      { ...MONTHLY, after: 'Prepaid' },
      'Monthly',
      'Prepaid',
    ],
    [
      'a label for both of them',
      { ...MONTHLY, after: 'Prepaid', label: 'Monthly Prepaid' },
      'Monthly',
      'Prepaid',
    ],
    [
      'a name that is read out',
      { ...MONTHLY, after: 'Annual', label: 'Billing', labelSeen: false },
      'Monthly',
      'Annual',
    ],
    [
      'words on it',
      { ...MONTHLY, label: 'Pay upfront' },
      'Monthly',
      'Pay upfront',
    ],
    [
      'its own words alone',
      { label: 'Annual billing (2 months free)', on: true },
      'Annual billing (2 months free)',
      'Annual billing (2 months free): off',
    ],
    [
      'words behind it alone',
      { after: 'Annually', on: false },
      'Annually: off',
      'Annually',
    ],
    [
      'words that ask before it',
      { before: 'Pay annually', on: false },
      'Pay annually: off',
      'Pay annually',
    ],
  ])('has its sides told by %s', (_what, more, loaded, other) => {
    expect(toggle(more)).toEqual([loaded, other]);
  });

  it.each<[string, Partial<Control>, string, string]>([
    [
      'only the default stands before it',
      { ...MONTHLY, group: 'Billing' },
      'Billing: off',
      'Billing: on',
    ],
    [
      'its name is that of both',
      { label: 'Switch between monthly and yearly', on: false },
      'Switch between monthly and yearly: off',
      'Switch between monthly and yearly: on',
    ],
    [
      'a saving follows what it may mean',
      { before: 'Pay annually', after: 'Save 20%', on: false },
      'Pay annually / Save 20%: off',
      'Pay annually / Save 20%: on',
    ],
    [
      'nothing says its state',
      { before: 'Monthly', after: 'Yearly' },
      'Monthly / Yearly: as loaded',
      'Monthly / Yearly: pressed',
    ],
  ])('has no side told by a period where %s', (_why, more, loaded, other) => {
    expect(toggle(more)).toEqual([loaded, other]);
  });

  it('is one of buttons of which one is pressed in, though it names no period', () => {
    const button = { kind: 'toggle' as const };
    const [found, ...more] = findSwitches([
      control(0, {
        ...button,
        label: 'Pay as you go',
        after: 'Annual commitment',
        on: true,
      }),
      control(1, {
        ...button,
        label: 'Annual commitment',
        before: 'Pay as you go',
        on: false,
      }),
    ]);
    expect(more).toEqual([]);
    expect(found).toEqual({
      loaded: 'Pay as you go',
      sides: [
        { label: 'Annual commitment', presses: [{ index: 1, option: -1 }] },
      ],
      back: [{ index: 0, option: -1 }],
    });
  });

  it('of a list leaves out what is no period', () => {
    const option = (label: string, on = false) => ({ label, on });
    const [found] = findSwitches([
      control(0, {
        kind: 'select',
        options: [
          option('Choose'),
          option('Monthly', true),
          option('Quarterly'),
          option('Yearly'),
        ],
      }),
    ]);
    expect(found.sides.map(({ label }) => label)).toEqual([
      'Quarterly',
      'Yearly',
    ]);
  });
});
