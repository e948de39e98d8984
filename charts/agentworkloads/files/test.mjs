// What `helm test` runs in the cluster: is the operator ready, is the template there, does the API server take a run?
import { readFileSync } from 'node:fs';

const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } =
  process.env;
const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
const token = readFileSync(
  '/var/run/secrets/kubernetes.io/serviceaccount/token',
  'utf8',
);

async function ask(path, body) {
  const answer = await fetch(server + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const object = await answer.json();
  if (!answer.ok)
    throw new Error(`${path}: ${answer.status} ${object.message}`);
  return object;
}

const { SYSTEM_NAMESPACE: system, WORKLOAD_NAMESPACES: workloads } =
  process.env;
const operator = `/apis/apps/v1/namespaces/${system}/deployments/agentworkloads-operator`;
for (let tries = 60; ; tries -= 1) {
  const { metadata, status } = await ask(operator);
  const isNew = status.observedGeneration === metadata.generation;
  if (isNew && status.updatedReplicas > 0 && status.readyReplicas > 0) break;
  if (tries === 0) throw new Error('the operator is not ready');
  await new Promise(resolve => setTimeout(resolve, 2000));
}
console.log(
  'the operator is ready: it follows its kinds, and the policy answers',
);

for (const namespace of workloads.split(',')) {
  await ask(
    `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/workflowtemplates/competitor-scrape`,
  );
  // A dry run: schema, rules and admission policies judge it, and nothing is kept.
  await ask(
    `/apis/agentworkloads.io/v1alpha1/namespaces/${namespace}/agentworkloads?dryRun=All`,
    {
      apiVersion: 'agentworkloads.io/v1alpha1',
      kind: 'AgentWorkload',
      metadata: { name: 'helm-test' },
      spec: {
        objective: 'Is this installation whole?',
        targetUrls: ['https://example.com/'],
        workflowTemplateRef: { name: 'competitor-scrape' },
      },
    },
  );
  console.log(`${namespace}: the template is there, and a run would be taken`);
}
