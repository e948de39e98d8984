import { describe, expect, it } from '@jest/globals';
import type { AgentWorkloadStatus, Phase } from '@agentworkloads/api';
import { MONDAYS_EVIDENCE } from '../../test/builders/timed-out-run';
import { aWorkload } from '../../test/builders/workload';
import { toCachedWorkload } from './cached';
import { OpenedAgain } from './opened-again';

const PAGES = MONDAYS_EVIDENCE.seenInWorkflow;
const run = (name: string, status?: Partial<AgentWorkloadStatus>) => {
  const builder = aWorkload().withMetadata({ name, uid: `uid-of-${name}` });
  return toCachedWorkload(
    (status ? builder.withStatus(status) : builder).build(),
  );
};
const opened = (name: string, phase: Phase) =>
  run(name, { phase, evidenceFrom: MONDAYS_EVIDENCE });
const asker = (name: string, namespace = 'agentworkloads') => ({
  uid: `uid-of-${name}`,
  namespace,
  name,
});
const nobody = () => undefined;
const knowing = (...known: ReturnType<typeof run>[]) => {
  const runs = new OpenedAgain();
  for (const one of known) runs.saw(undefined, one);
  return runs;
};

describe('pages that were seen for a run whose gate ran out of time', () => {
  it('stand at one gate at a time: of two that ask at once the second is refused', () => {
    const runs = knowing();
    expect(runs.claim(asker('b'), PAGES, nobody)).toBeUndefined();
    expect(runs.claim(asker('c'), PAGES, nobody)).toContain(
      'was opened again as b already. Decide at that one',
    );
    // Asked once more, as each pass does, the first still has them.
    expect(runs.claim(asker('b'), PAGES, nobody)).toBeUndefined();
  });

  it.each<[Phase, string | undefined]>([
    ['Denied', 'which ended as Denied; nobody is asked once more'],
    ['PolicyDenied', 'which ended as PolicyDenied'],
    ['Completed', 'its report is there'],
    ['Running', 'Decide at that one'],
    ['AwaitingApproval', 'Decide at that one'],
    ['TimedOut', undefined],
    ['Cancelled', undefined],
    ['Failed', undefined],
  ])(
    'are judged by what became of the run that had them: %s',
    (phase, refused) => {
      const why = knowing(opened('b', phase)).claim(asker('c'), PAGES, nobody);
      if (refused === undefined) expect(why).toBeUndefined();
      else expect(why).toContain(refused);
    },
  );

  it.each<Phase>(['TimedOut', 'Cancelled', 'Failed'])(
    'are refused once somebody denied at one gate, though that run is %s',
    phase => {
      const runs = knowing(opened('b', phase));
      const why = runs.claim(asker('c'), PAGES, ({ uid, namespace, name }) =>
        uid === 'uid-of-b' && namespace === 'agentworkloads' && name === 'b'
          ? 'alice'
          : undefined,
      );
      expect(why).toContain('opened again as b, and alice denied there');
    },
  );

  it('are not those of another Workflow, nor of another namespace', () => {
    const runs = knowing(opened('b', 'Denied'));
    expect(runs.claim(asker('c'), 'another', nobody)).toBeUndefined();
    expect(runs.claim(asker('d', 'elsewhere'), PAGES, nobody)).toBeUndefined();
  });

  it('are free again once the run that was to have them ended without them, or is gone', () => {
    const runs = knowing();
    runs.claim(asker('b'), PAGES, nobody);
    runs.saw(undefined, run('b'));
    expect(runs.claim(asker('c'), PAGES, nobody)).toContain(
      'opened again as b',
    );
    runs.saw(run('b'), run('b', { phase: 'Failed' }));
    expect(runs.claim(asker('c'), PAGES, nobody)).toBeUndefined();
    runs.saw(run('c'), undefined);
    expect(runs.claim(asker('d'), PAGES, nobody)).toBeUndefined();
  });
});
