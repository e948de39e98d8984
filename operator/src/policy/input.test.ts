import { describe, expect, it } from '@jest/globals';
import { MONDAY, MONDAYS_EVIDENCE } from '../../test/builders/timed-out-run';
import { aWorkload, NOW } from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import { strictestGate } from './answers';
import { gateInput, hostsOf, startInput } from './input';

describe('what a policy is told', () => {
  it('hosts, lower case, each once, without the usual port', () => {
    expect(
      hostsOf([
        'https://ACME.example/a',
        'https://acme.example:443/b',
        'http://acme.example:8080/',
        'https://b.example/?x=1',
        'not a url',
      ]),
    ).toEqual(['acme.example', 'acme.example:8080', 'b.example']);
  });

  it('the spec in plain numbers', () => {
    const { workload } = startInput(
      aWorkload()
        .withSpec({
          entityRef: 'component:default/web',
          requestedBy: undefined,
        })
        .build(),
      { requester: 2, namespace: 3 },
    );
    expect(workload).toMatchObject({
      name: 'weekly',
      requestedBy: '',
      entityRef: 'component:default/web',
      follow: 'none',
      timeouts: {
        execution: 7_200_000,
        suspendGate: 1_800_000,
        noProgress: 300_000,
      },
      template: { name: 'competitor-scrape', clusterScope: false },
    });
  });

  it('what may be followed', () => {
    const workload = aWorkload().withSpec({ follow: 'pricing' }).build();
    const input = startInput(workload, { requester: 0, namespace: 0 });
    expect(input.workload.follow).toBe('pricing');
  });

  it('whose pages are used again, and at the gate when they were seen', () => {
    const active = { requester: 0, namespace: 0 };
    const none = aWorkload().build();
    expect(startInput(none, active).workload.evidenceFrom).toBeNull();
    const asked = aWorkload().withSpec({ evidenceFrom: MONDAY });
    const start = startInput(asked.build(), active);
    expect(start.workload.evidenceFrom).toEqual(MONDAY);
    const begun = asked
      .started()
      .withStatus({ evidenceFrom: MONDAYS_EVIDENCE });
    const gate = gateInput(
      begun.build(),
      { mode: 'human', fourEyes: false },
      aWorkflow().facts(),
      NOW,
    );
    expect(gate.workload.evidenceFrom).toEqual({
      ...MONDAY,
      seenAt: MONDAYS_EVIDENCE.seenAt,
    });
  });

  it('no summary where the run gave none', () => {
    const input = gateInput(
      aWorkload().started().build(),
      { mode: 'policy', fourEyes: true },
      aWorkflow().phase('Running').gate('Running').facts(),
      NOW,
    );
    expect(input.summary).toBeNull();
    expect(input.gate).toEqual({ mode: 'policy', fourEyes: true });
  });

  it('no time for a Workflow that does not say when it was made', () => {
    const facts = aWorkflow().withMetadata({ creationTimestamp: '' }).facts();
    const gate = { mode: 'human', fourEyes: false } as const;
    const workload = aWorkload().started().build();
    expect(gateInput(workload, gate, facts, NOW).elapsedSeconds).toBe(0);
  });
});

describe('the gate in force', () => {
  it('asks for the larger number of people, and for all groups', () => {
    expect(
      strictestGate(
        { mode: 'human', fourEyes: false, approvals: 3, groups: ['legal'] },
        {
          mode: 'policy',
          fourEyes: false,
          approvals: 2,
          groups: ['finance', 'legal'],
        },
      ),
    ).toEqual({
      mode: 'human',
      fourEyes: false,
      approvals: 3,
      groups: ['legal', 'finance'],
    });
  });

  it.each([{ approvals: 2 }, { groups: ['legal'] }])(
    'asks for people where it asks for several: %j',
    asked => {
      const policy = { mode: 'policy', fourEyes: false } as const;
      expect(strictestGate({ ...policy, ...asked }, policy)).toEqual({
        mode: 'human',
        fourEyes: false,
        ...asked,
      });
    },
  );

  it('is the stricter of the two in each respect', () => {
    const modes = ['policy', 'human'] as const;
    for (const asked of modes) {
      for (const told of modes) {
        for (const eyes of [true, false]) {
          for (const more of [true, false]) {
            expect(
              strictestGate(
                { mode: asked, fourEyes: eyes },
                { mode: told, fourEyes: more },
              ),
            ).toEqual({
              mode:
                asked === 'policy' && told === 'policy' ? 'policy' : 'human',
              fourEyes: eyes || more,
            });
          }
        }
      }
    }
  });
});
