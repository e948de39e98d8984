import { describe, expect, it } from '@jest/globals';
import { companiesOf, DemoTurns, visitingRun } from './demo-turns';

const run = (name: string, phase: string | undefined, ...pages: string[]) =>
  visitingRun(
    {
      metadata: { name, namespace: 'agentworkloads', uid: name },
      spec: { targetUrls: pages.map(page => `http://${page}`) },
      status: { phase },
    },
    4180,
  );
const TIDEPOOL = 'tidepool.localhost:4180/pricing';
const METRICLY = 'metricly.localhost:4180/';

describe('the companies of a run', () => {
  it('are the hosts of the demo site, each once', () => {
    expect(
      companiesOf(
        [
          `http://${TIDEPOOL}`,
          'http://tidepool.localhost:4180/',
          'http://metricly.localhost:4180',
          'http://tidepool.localhost:9999/',
          'https://example.com:4180/',
          'no address',
          7,
        ],
        4180,
      ),
    ).toEqual(['tidepool', 'metricly']);
  });

  it('are none where the spec is none', () => {
    expect(visitingRun({ metadata: { name: 'x' } }, 4180).companies).toEqual(
      [],
    );
  });
});

describe('a demo company', () => {
  const before = run('a', 'AwaitingApproval', TIDEPOOL, METRICLY);
  const after = run('a', 'Completed', TIDEPOOL, METRICLY);

  it('changes once a run that visited it is completed', () => {
    const turns = new DemoTurns();
    expect(turns.seen({ before, after }, [after])).toEqual([
      { company: 'tidepool', run: 'a' },
      { company: 'metricly', run: 'a' },
    ]);
    expect(turns.seen({ before: after, after }, [after])).toEqual([]);
  });

  it.each(['Denied', 'TimedOut', 'Failed', 'Cancelled', 'PolicyDenied'])(
    'stays where the run is %s',
    phase => {
      const ended = run('a', phase, TIDEPOOL);
      expect(new DemoTurns().seen({ before, after: ended }, [ended])).toEqual(
        [],
      );
    },
  );

  it('stays while another run visits it, and changes once when the last has ended', () => {
    const turns = new DemoTurns();
    const other = run('b', 'Running', TIDEPOOL);
    const waiting = run('c', undefined, METRICLY);
    expect(turns.seen({ before, after }, [after, other, waiting])).toEqual([]);
    const done = run('b', 'Completed', TIDEPOOL);
    expect(
      turns.seen({ before: other, after: done }, [after, done, waiting]),
    ).toEqual([{ company: 'tidepool', run: 'b' }]);
    expect(turns.seen({ before: waiting }, [after, done])).toEqual([
      { company: 'metricly', run: 'a' },
    ]);
  });

  it('stays for runs that had ended when they were first seen', () => {
    expect(new DemoTurns().seen({ after }, [after])).toEqual([]);
  });
});
