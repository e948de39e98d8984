import {
  isFinalPhase,
  type ApprovalDecision,
  type GateStatus,
} from '@agentworkloads/api';
import { KubernetesEventRecorder } from '../../src/adapters/event-recorder';
import { createOperator, type Operator } from '../../src/operator';
import { isoSeconds } from '../../src/reconcile/status';
import {
  FakeApiServer,
  type Fault,
  type SeenRequest,
} from '@agentworkloads/kube/testing';
import { TEMPLATE } from '../builders/template';
import { aTimedOutRun } from '../builders/timed-out-run';
import { FakeArgo } from '../fake-argo';
import { FakeClock } from '@agentworkloads/kube/testing';
import { ACCOUNTS, installAdmission } from '../admission';
import { FakePolicy } from '../fake-policy';
import { silentLogger, type LogLine } from '@agentworkloads/kube/testing';
import { violations } from './invariants';
import { LocalClient } from './local-client';
import { endsOf, type Plan } from './plans';

const NAMESPACE = 'agentworkloads';
const TICK_MS = 1_000;
/** Longer than a watch may be held, shorter than a pass may take. */
const FAULT_MS = 8_000;
/** In the time of the plan: longer than any limit of its run, and every back-off on top. */
const LIMIT_MS = 15 * 60_000;
const WATCHED = {
  'watch of workloads held': 'agentworkloads',
  'watch of workflows held': 'workflows',
  'watch of approvals held': 'agentapprovals',
} as const;
const REFUSALS: Record<string, Fault> = {
  '409': { answer: 409, reason: 'Conflict' },
  '403': { answer: 403, reason: 'Forbidden' },
  '429': { answer: 429, headers: { 'retry-after': '2' } },
  '500': { answer: 500, reason: 'InternalError' },
};

/** What a plan came to. */
export interface Result {
  fired: boolean;
  writes: number;
  phase: string;
  unsafe: string[];
  /** Why the run did not come to its end; undefined when it did. */
  stuck?: string;
}

/** Fires timers one by one, and lets all that they set off end before the next. */
export class PlanClock extends FakeClock {
  protected override settle(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve));
  }
}

function isWrite({ method, kind }: SeenRequest): boolean {
  return method !== 'GET' && kind !== 'events';
}

/** One run of one plan: the whole operator, an API server in memory, and a time of its own. */
export class PlanWorld {
  private readonly clock = new PlanClock(Date.parse('2026-03-02T10:00:00Z'));
  private readonly api = new FakeApiServer(() => new Date(this.clock.now()));
  private readonly argo = new FakeArgo(this.api);
  private readonly policy = new FakePolicy();
  private readonly log: LogLine[] = [];
  private readonly running: { operator: Operator; client: LocalClient }[] = [];
  private fired = false;
  private writes = 0;
  private asked = false;

  constructor(private readonly plan: Plan) {
    const { flow } = plan;
    if (flow.start === 'deny') {
      this.policy.start = FakePolicy.startAnswer({
        allow: false,
        reasons: ['no'],
      });
    }
    if (flow.gate) this.policy.gate = FakePolicy.gateAnswer(flow.gate);
    installAdmission(this.api);
    this.api.create('workflowtemplates', NAMESPACE, {
      metadata: { name: 'competitor-scrape' },
      spec: TEMPLATE,
    });
    if (flow.before) {
      const { metadata, spec, status } = aTimedOutRun().build();
      this.api.create('agentworkloads', NAMESPACE, { metadata, spec });
      this.api.change('agentworkloads', NAMESPACE, metadata.name, object => {
        object.status = { ...status };
      });
    }
  }

  async run(): Promise<Result> {
    this.startOperator();
    this.api.create('agentworkloads', NAMESPACE, {
      metadata: { name: 'weekly' },
      spec: {
        objective: 'What do they charge?',
        targetUrls: ['https://acme.example/pricing'],
        requestedBy: { username: 'bob' },
        ...this.plan.flow.spec,
      },
    });
    let settledFor = 0;
    let seen = -1;
    for (let time = 0; time < LIMIT_MS; time += TICK_MS) {
      await this.clock.advance(TICK_MS);
      // Long enough for what a late answer or a watch that was held still has in store.
      const rests = this.api.position === seen && settledFor > 0;
      if (!rests) {
        this.moveArgo();
        this.movePeople();
      }
      seen = this.api.position;
      settledFor = rests || !this.unsettled() ? settledFor + TICK_MS : 0;
      if (settledFor > FAULT_MS + 2_000) break;
    }
    const stuck = this.unsettled();
    for (const { operator, client } of this.running) {
      client.die();
      void operator.stop(0);
    }
    await this.clock.advance(1);
    return {
      fired: this.fired || !this.plan.fault,
      writes: this.writes,
      phase: this.phase(),
      unsafe: violations(this.api),
      ...(stuck ? { stuck } : {}),
    };
  }

  private startOperator(): LocalClient {
    const name = `op-${this.running.length + 1}`;
    const client = new LocalClient(this.api, this.clock, name);
    const logger = silentLogger(this.log);
    let random = 0;
    const operator = createOperator({
      client,
      policy: this.policy,
      events: new KubernetesEventRecorder(client, {
        clock: this.clock,
        logger,
        instance: name,
      }),
      clock: this.clock,
      logger,
      random: () => 0.5,
      randomName: () => `${(random += 1)}${name.replace('-', '')}abcdefgh`,
      watchNamespaces: [],
      artifactBucket: 'agentworkloads',
      accounts: ACCOUNTS,
      argoInstanceId: '',
      argoWorkflowDefaults: {},
      workers: 4,
      passTimeoutMs: 60_000,
      resyncMs: 36_000_000,
    });
    client.fault = request => this.faultOf(request, client);
    this.running.push({ operator, client });
    void operator.start();
    return client;
  }

  private faultOf(
    request: SeenRequest,
    client: LocalClient,
  ): Fault | undefined {
    if (!isWrite(request)) return undefined;
    this.writes += 1;
    const { fault } = this.plan;
    if (!fault || this.fired || this.writes !== fault.write) return undefined;
    this.fired = true;
    switch (fault.name) {
      case 'crash before':
        this.restart(client);
        return 'cut-before';
      case 'crash after':
        this.restart(client);
        return 'cut-after';
      case 'carried out after death':
        this.restart(client);
        this.carryOutLater(request);
        return 'cut-before';
      case 'restart in the past':
        this.restart(client, this.api.position);
        return 'cut-after';
      case 'answer lost':
        return 'cut-after';
      case 'answer late':
        return { lateMs: FAULT_MS };
      case 'watches expire':
        this.api.expireWatches();
        return undefined;
      case 'watches are cut':
        this.api.disconnect();
        return undefined;
      case 'watch of workloads held':
      case 'watch of workflows held':
      case 'watch of approvals held':
        client.hold(WATCHED[fault.name], FAULT_MS);
        return undefined;
      case 'second operator':
        this.startOperator();
        return undefined;
      case 'approvals deleted':
        this.takeApprovals(false);
        return undefined;
      case 'approvals made anew':
        this.takeApprovals(true);
        return undefined;
      default:
        return REFUSALS[fault.name];
    }
  }

  /** The process ends before its next breath, and another one comes up a second later. */
  private restart(client: LocalClient, past?: number): void {
    const old = this.running.find(one => one.client === client);
    this.clock.setTimeout(() => {
      client.die();
      void old?.operator.stop(0);
    }, 0);
    this.clock.setTimeout(() => {
      const next = this.startOperator();
      if (past !== undefined) next.liveInThePast(past, FAULT_MS);
    }, 1_000);
  }

  private carryOutLater(request: SeenRequest): void {
    this.clock.setTimeout(() => {
      try {
        const json = Array.isArray(request.body);
        this.api.perform(
          request,
          new URLSearchParams(),
          json ? 'json-patch' : 'merge-patch',
        );
      } catch {
        // Refused: somebody was first.
      }
    }, FAULT_MS);
  }

  private takeApprovals(anew: boolean): void {
    for (const { metadata, spec } of this.api.list('agentapprovals')) {
      this.api.delete('agentapprovals', NAMESPACE, metadata.name);
      if (!anew) continue;
      this.api.create('agentapprovals', NAMESPACE, {
        metadata: { name: metadata.name },
        spec,
      });
    }
  }

  private moveArgo(): void {
    const { argo } = this.plan.flow;
    if (argo === 'dead') this.argo.stopOnly();
    else if (argo) this.argo.tick('scrape');
    else this.argo.tick();
  }

  private movePeople(): void {
    const { flow } = this.plan;
    const phase = this.phase();
    const now =
      flow.when === 'running'
        ? // A late answer may have the gate open by the time that anybody looks.
          ['Running', 'AwaitingApproval'].includes(phase)
        : phase === 'AwaitingApproval';
    if (this.asked || !flow.people || !now) return;
    this.asked = true;
    flow.people.forEach((what, index) => {
      if (what === 'cancel') {
        this.api.change('agentworkloads', NAMESPACE, 'weekly', object => {
          object.spec = { ...object.spec, cancel: true };
        });
      } else this.decide(what, index);
    });
  }

  private decide(
    what: ApprovalDecision | 'approve for legal',
    index: number,
  ): void {
    const legal = what === 'approve for legal';
    const decision = legal ? 'approve' : what;
    const { metadata, status } = this.workload();
    const gate = status?.gate as GateStatus;
    const later = Date.parse(gate.deadline ?? '') + 60_000;
    const workflow = status?.argoWorkflow as { uid?: string };
    this.api.create('agentapprovals', NAMESPACE, {
      metadata: { name: `says-${index}` },
      spec: {
        workloadRef: { name: 'weekly', uid: metadata.uid },
        gate: { workflowUid: workflow.uid, nodeId: gate.nodeId },
        decision,
        comment: 'because',
        ...(gate.evidence ? { evidence: gate.evidence } : {}),
        ...(decision === 'extend'
          ? { extendTo: isoSeconds(new Date(later)) }
          : {}),
        approver: {
          username: `person-${index}`,
          ...(legal ? { groups: ['staff', 'legal'] } : {}),
        },
      },
    });
  }

  private workload() {
    const found = this.api.find('agentworkloads', NAMESPACE, 'weekly');
    if (!found) throw new Error('the workload is gone');
    return found;
  }

  private phase(): string {
    return String(this.workload().status?.phase ?? '');
  }

  /** What is still to come; undefined when all is as it will be. */
  private unsettled(): string | undefined {
    const phase = this.phase();
    if (!isFinalPhase(phase as never)) return `phase ${phase}`;
    if (!endsOf(this.plan).includes(phase)) return `ended as ${phase}`;
    const steps = (this.workload().status?.steps ?? []) as { phase: string }[];
    if (steps.some(step => ['Running', 'Pending'].includes(step.phase))) {
      return 'a step runs on in status';
    }
    const [workflow] = this.api.list('workflows');
    const over = ['Succeeded', 'Failed', 'Error'];
    if (workflow && !over.includes(String(workflow.status?.phase))) {
      return 'the Workflow runs on';
    }
    const unjudged = this.api
      .list('agentapprovals')
      .filter(({ status }) => !status?.conditions);
    return unjudged.length > 0 ? 'an approval has no answer' : undefined;
  }
}
