import { describe, expect, it } from '@jest/globals';
import { renewed } from './renewed';

const MINUTE = 60_000;

/** Gives `token 1`, `token 2`, … that last so many minutes each. */
function issuer(minutes: number | undefined) {
  const clock = { now: 0 };
  const state = { given: 0, away: false };
  const token = renewed(
    async () => {
      if (state.away) throw new Error('the issuer is away');
      state.given += 1;
      return {
        value: `token ${state.given}`,
        endsAt:
          minutes === undefined ? undefined : clock.now + minutes * MINUTE,
      };
    },
    () => clock.now,
  );
  return {
    state,
    /** What is given then; what that began is over afterwards. */
    at: async (minute: number) => {
      clock.now = minute * MINUTE;
      const given = await token();
      await new Promise(setImmediate);
      return given;
    },
  };
}

describe('what is renewed', () => {
  it('is asked for anew five minutes before its end', async () => {
    const { at, state } = issuer(60);
    expect(await at(0)).toBe('token 1');
    expect(await at(54.9)).toBe('token 1');
    expect(state.given).toBe(1);
    await at(55);
    expect(await at(55.1)).toBe('token 2');
    expect(await at(109.9)).toBe('token 2');
    await at(110);
    expect(await at(110.1)).toBe('token 3');
  });

  it('is asked for anew after three quarters of a short life', async () => {
    const { at, state } = issuer(4);
    expect(await at(0)).toBe('token 1');
    expect(await at(2.9)).toBe('token 1');
    expect(state.given).toBe(1);
    await at(3);
    expect(await at(3.1)).toBe('token 2');
  });

  it('is given while the next one is under way, as long as it is good', async () => {
    const clock = { now: 0 };
    let give = (_: string) => {};
    const token = renewed(
      async () => ({
        value: await new Promise<string>(resolve => {
          give = resolve;
        }),
        endsAt: clock.now + 60 * MINUTE,
      }),
      () => clock.now,
    );
    const first = token();
    give('token 1');
    expect(await first).toBe('token 1');
    clock.now = 56 * MINUTE;
    expect(await token()).toBe('token 1');
    expect(await token()).toBe('token 1');
    clock.now = 61 * MINUTE;
    const second = token();
    give('token 2');
    expect(await second).toBe('token 2');
  });

  it('is kept for good where it has no end', async () => {
    const { at } = issuer(undefined);
    expect(await at(0)).toBe('token 1');
    expect(await at(1e6)).toBe('token 1');
  });

  it('is asked for once, however many want it', async () => {
    const { at, state } = issuer(60);
    await Promise.all([at(0), at(0), at(0)]);
    expect(state.given).toBe(1);
  });

  it('is the last one while no other can be had, but not beyond its end', async () => {
    const { at, state } = issuer(60);
    await at(0);
    state.away = true;
    expect(await at(58)).toBe('token 1');
    await expect(at(60)).rejects.toThrow('the issuer is away');
    state.away = false;
    expect(await at(61)).toBe('token 2');
  });

  it('is asked for anew only some seconds after a failure', async () => {
    const { at, state } = issuer(60);
    await at(0);
    state.away = true;
    await at(55);
    state.away = false;
    await at(55.1);
    expect(state.given).toBe(1);
    await at(55.2);
    expect(await at(55.3)).toBe('token 2');
  });

  it('is refused where its end is no time', async () => {
    const token = renewed(
      () => Promise.resolve({ value: 'token', endsAt: Number.NaN }),
      () => 0,
    );
    await expect(token()).rejects.toThrow(
      'it was not said until when the credentials are good',
    );
  });

  it('is not waited for without end, and can be had again', async () => {
    const state = { hangs: true };
    const token = renewed(
      () =>
        state.hangs
          ? new Promise<never>(() => undefined)
          : Promise.resolve({ value: 'token' }),
      () => 0,
      20,
    );
    await expect(token()).rejects.toThrow('no credentials came within 0.02 s');
    state.hangs = false;
    expect(await token()).toBe('token');
  });
});
