import { storedSpec } from './builders/template';
import { digestsOf, REPORTS, SUMMARY } from './builders/workflow';
import type { FakeApiServer, FakeObject } from '@agentworkloads/kube/testing';

type Node = Record<string, unknown>;

/** A workflow controller that moves every Workflow one stage on with each tick. */
export class FakeArgo {
  /** The spec of `workflowDefaults`: fields that are no lists. */
  workflowDefaults: Record<string, unknown> = {};

  constructor(private readonly api: FakeApiServer) {}

  /** As one who only carries out what was asked to stop. */
  stopOnly(): void {
    this.tick('begin');
  }

  /** @param upTo a stage that no Workflow gets beyond, other than by being stopped */
  tick(upTo?: 'begin' | 'scrape'): void {
    for (const { metadata, spec, status } of this.api.list('workflows')) {
      if (restsAtGate(spec, status)) continue;
      this.api.change(
        'workflows',
        metadata.namespace ?? '',
        metadata.name,
        workflow => this.move(workflow, upTo),
      );
    }
  }

  /** At the first look, and again when it is told to stop. */
  private storeSpec(workflow: FakeObject, status: Node): void {
    const own = workflow.spec ?? {};
    const stored = status.storedWorkflowTemplateSpec as Node | undefined;
    if (stored && stored.shutdown === own.shutdown) return;
    const { name } = (own.workflowTemplateRef ?? {}) as { name?: string };
    const template = this.api.find(
      'workflowtemplates',
      workflow.metadata.namespace ?? '',
      name ?? '',
    );
    status.storedWorkflowTemplateSpec = {
      ...this.workflowDefaults,
      ...storedSpec(own, stored ?? template?.spec),
    };
  }

  private move(workflow: FakeObject, upTo?: 'begin' | 'scrape'): void {
    const iso = () =>
      this.api
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z');
    if (upTo === 'begin' && !workflow.spec?.shutdown) return;
    const status = (workflow.status ??= { nodes: {} });
    if (['Succeeded', 'Failed', 'Error'].includes(String(status.phase))) return;
    const nodes = status.nodes as Record<string, Node>;
    const { name, uid } = workflow.metadata;
    const set = (
      step: string,
      type: string,
      phase: string,
      rest: Node = {},
    ) => {
      const id = `${name}-${step}`;
      nodes[id] = {
        startedAt: iso(),
        ...nodes[id],
        id,
        name: `${name}.${step}`,
        displayName: step,
        type,
        phase,
        ...(phase === 'Running' ? {} : { finishedAt: iso() }),
        ...rest,
      };
    };
    const end = (phase: string) => {
      status.phase = phase;
      status.finishedAt = iso();
    };
    const evidenceAt = (id: string) => {
      const { parameters } = nodes[id]?.outputs as {
        parameters: { name: string; value: string }[];
      };
      return (
        parameters.find(({ name: which }) => which === 'evidence')?.value ?? ''
      );
    };
    const out = (...names: string[]) => ({
      outputs: {
        artifacts: names.map(item => ({
          name: item,
          s3: { key: `runs/${uid}/${item}` },
        })),
        parameters: [
          digestsOf(...names),
          ...(names.includes('facts')
            ? [{ name: 'summary', value: JSON.stringify(SUMMARY) }]
            : []),
          // As synthesis is given it, and names it.
          ...(names.includes('report-json')
            ? [{ name: 'evidence', value: evidenceAt(`${name}-gate`) }]
            : []),
        ],
      },
    });
    const phaseOf = (step: string) => nodes[`${name}-${step}`]?.phase;

    this.storeSpec(workflow, status);
    if (workflow.spec?.shutdown) {
      for (const node of Object.values(nodes)) {
        if (node.phase !== 'Running') continue;
        node.phase = 'Failed';
        node.message = "Stopped with strategy 'Stop'";
      }
      end('Failed');
    } else if (!phaseOf('scrape')) {
      status.phase = 'Running';
      status.startedAt = iso();
      set('scrape', 'Pod', 'Running');
    } else if (upTo === 'scrape') {
      return;
    } else if (phaseOf('scrape') === 'Running') {
      set('scrape', 'Pod', 'Succeeded', out('manifest'));
      set('screenshot', 'Pod', 'Running');
      set('dom', 'Pod', 'Running');
    } else if (phaseOf('dom') === 'Running') {
      set('screenshot', 'Pod', 'Succeeded', out('shots'));
      set('dom', 'Pod', 'Succeeded', out('facts'));
      set('gate', 'Suspend', 'Running', {
        outputs: {
          parameters: [
            {
              name: 'decision',
              valueFrom: { supplied: {}, default: 'timed-out' },
            },
          ],
        },
      });
    } else if (phaseOf('gate') === 'Failed') {
      set('synthesis', 'Skipped', 'Omitted');
      end('Failed');
    } else if (phaseOf('gate') === 'Succeeded' && !phaseOf('synthesis')) {
      set('synthesis', 'Pod', 'Running');
    } else if (phaseOf('synthesis') === 'Running') {
      set('synthesis', 'Pod', 'Succeeded', out(...REPORTS));
      end('Succeeded');
    }
  }
}

/** Nothing moves such a one, or one that has ended: looking closer is most of what many ticks cost. */
function restsAtGate(
  spec: FakeObject['spec'],
  status: FakeObject['status'],
): boolean {
  const { phase, nodes = {} } = (status ?? {}) as {
    phase?: string;
    nodes?: Record<string, Node>;
  };
  if (['Succeeded', 'Failed', 'Error'].includes(String(phase))) return true;
  return (
    !spec?.shutdown &&
    Object.values(nodes).some(
      node => node.type === 'Suspend' && node.phase === 'Running',
    )
  );
}
