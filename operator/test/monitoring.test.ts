import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { createMetrics } from '../src/metrics/metrics';

const file = (path: string) =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook_url: string };
}

const rules = (
  parse(file('deploy/monitoring/prometheus-rule.yaml')) as {
    spec: { groups: { rules: Rule[] }[] };
  }
).spec.groups.flatMap(group => group.rules);

const dashboard = JSON.parse(file('deploy/monitoring/dashboard.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

/** What Prometheus itself makes. */
const NOT_OURS = ['up'];

/** @returns names of the metrics that an expression asks for; of one that is no PromQL the place where it goes wrong */
function metricsOf(expr: string): { names: string[]; wrongAt?: number } {
  const names: string[] = [];
  let wrongAt: number | undefined;
  parser
    // A dashboard's variable is no PromQL; any text stands for it.
    .parse(expr)
    .iterate({
      enter({ type, from, to, node }) {
        if (type.isError) wrongAt ??= from;
        if (
          type.name === 'Identifier' &&
          node.parent?.name === 'VectorSelector'
        )
          names.push(expr.slice(from, to));
      },
    });
  return wrongAt === undefined ? { names } : { names, wrongAt };
}

function exported(): Set<string> {
  const { registry } = createMetrics({ monotonic: () => 0 });
  const names = registry.getMetricsAsArray().flatMap(metric =>
    // The library's own enum of types is not exported as values everywhere.
    String(metric.type) === 'histogram'
      ? ['_bucket', '_count', '_sum'].map(end => metric.name + end)
      : [metric.name],
  );
  return new Set([...names, ...NOT_OURS]);
}

const headings = file('docs/runbook.md')
  .split('\n')
  .filter(line => line.startsWith('## '))
  .map(line => line.slice(3).trim().toLowerCase());

describe('the check of expressions', () => {
  it('sees what is no PromQL, and what is asked for', () => {
    expect(metricsOf('sum(rate(a_total[5m]) > ').wrongAt).toBeDefined();
    expect(metricsOf('sum by (x) (rate(a_total{b="c"}[5m])) / d > 1')).toEqual({
      names: ['a_total', 'd'],
    });
  });
});

describe.each(rules)('the alert $alert', ({ alert, expr, annotations }) => {
  it('asks in PromQL for what is exported', () => {
    const { names, wrongAt } = metricsOf(expr);
    expect(wrongAt).toBeUndefined();
    expect(names.length).toBeGreaterThan(0);
    const known = exported();
    expect(names.filter(name => !known.has(name))).toEqual([]);
  });

  it('says what to do in the runbook', () => {
    expect(annotations.summary).toBeTruthy();
    expect(annotations.description).toBeTruthy();
    const [, anchor] = annotations.runbook_url.split('docs/runbook.md#');
    expect(anchor).toBe(alert.toLowerCase());
    expect(headings).toContain(anchor);
  });
});

describe('the runbook', () => {
  it('has nothing about an alert that there is not', () => {
    const alerts = rules.map(({ alert }) => alert.toLowerCase());
    expect(
      headings.filter(
        one => one.startsWith('agentworkload') && !alerts.includes(one),
      ),
    ).toEqual([]);
  });
});

describe('the dashboard', () => {
  const all = dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ title, expr })),
  );

  it.each(all)('$title: $expr', ({ expr }) => {
    const { names, wrongAt } = metricsOf(expr);
    expect(wrongAt).toBeUndefined();
    const known = exported();
    expect(names.filter(name => !known.has(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });
});
