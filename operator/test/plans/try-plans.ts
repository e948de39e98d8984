import { describe, expect, it, jest } from '@jest/globals';
import { PlanWorld, type Result } from './plan-world';
import { FAULTS, type Flow, type Plan } from './plans';

async function tryAll(plans: Plan[]): Promise<[Plan, Result][]> {
  const results: [Plan, Result][] = [];
  for (const plan of plans)
    results.push([plan, await new PlanWorld(plan).run()]);
  return results;
}

/** Every fault at every write that the undisturbed run has. */
async function plansOf(flow: Flow): Promise<Plan[]> {
  const { writes } = await new PlanWorld({ flow }).run();
  expect(writes).toBeGreaterThan(0);
  return (flow.faults ?? FAULTS).flatMap(name =>
    Array.from({ length: writes }, (_, index) => ({
      flow,
      fault: { name, write: index + 1 },
    })),
  );
}

const say = ([{ flow, fault }, result]: [Plan, Result]) =>
  `${flow.name}, ${fault?.name} at write ${fault?.write}: ${
    result.unsafe.join(', ') || result.stuck
  }`;

/**
 * What goes wrong at any one write changes nothing that matters. Files of their own call it with a part of the flows each, so that they
 * run side by side.
 */
export function describePlans(flows: readonly Flow[], atLeast: number): void {
  jest.setTimeout(300_000);
  describe('a run with a fault', () => {
    it.each(flows)('$name, undisturbed, comes to its end', async flow => {
      const result = await new PlanWorld({ flow }).run();
      expect(result).toMatchObject({ fired: true, unsafe: [] });
      expect(result.stuck).toBeUndefined();
      expect(flow.ends).toContain(result.phase);
      expect(result.writes).toBeLessThanOrEqual(20);
    });

    const all: Result[] = [];
    it.each(flows)('$name: safe and live whatever happens', async flow => {
      const results = await tryAll(await plansOf(flow));
      all.push(...results.map(([, result]) => result));
      expect(results.every(([, { fired }]) => fired)).toBe(true);
      expect(
        results.filter(([, { unsafe }]) => unsafe.length > 0).map(say),
      ).toEqual([]);
      expect(results.filter(([, { stuck }]) => stuck).map(say)).toEqual([]);
    });

    it(`was tried in more than ${atLeast} ways`, () => {
      const unsafe = all.filter(result => result.unsafe.length > 0).length;
      const stuck = all.filter(result => result.stuck).length;
      process.stdout.write(
        `${all.length} plans: ${unsafe} unsafe, ${stuck} not live\n`,
      );
      expect(all.length).toBeGreaterThan(atLeast);
    });
  });
}
