import { podName } from '../spec/names';
import type { Container, Template } from '../spec/schema';
import { parseDuration } from '../spec/schema';
import { substitute } from '../spec/substitute';
import { executeDag, type Execution } from './dag';
import { isFulfilled, type NodeStatus } from './model';
import {
  addChild,
  addNode,
  attemptsOf,
  isPastDeadline,
  isShutDown,
  markNode,
  nodeNamed,
  requeue,
  type Operation,
} from './operation';
import { buildPod } from './pod-manifest';
import { processTemplate, TemplateError } from './process-template';
import { judgeRetry, lastRetryScope } from './retry';

function errorNode(
  operation: Operation,
  execution: Execution,
  message: string,
): NodeStatus {
  const present = nodeNamed(operation, execution.nodeName);
  if (present) {
    markNode(operation, present, 'Error', message);
    return present;
  }
  return addNode(operation, {
    name: execution.nodeName,
    type: 'Skipped',
    phase: 'Error',
    templateName: execution.templateName,
    boundaryId: execution.boundaryId,
    message,
  });
}

/** Brings one node as far as it can go now; creates it where it is not there yet. */
export function executeTemplate(
  operation: Operation,
  execution: Execution,
): NodeStatus {
  const present = nodeNamed(operation, execution.nodeName);
  if (present && isFulfilled(present)) {
    return present;
  }
  const raw = operation.templates.get(execution.templateName);
  try {
    if (!raw) {
      throw new TemplateError(`template ${execution.templateName} not found`);
    }
    const template = processTemplate(
      raw,
      execution.arguments,
      new Map([...operation.globals, ['node.name', execution.nodeName]]),
    );
    return template.retryStrategy
      ? executeRetry(operation, execution, template)
      : executeOnce(operation, execution, template, false);
  } catch (error) {
    return errorNode(operation, execution, (error as Error).message);
  }
}

function executeRetry(
  operation: Operation,
  execution: Execution,
  template: Template,
): NodeStatus {
  const retry =
    nodeNamed(operation, execution.nodeName) ??
    addNode(operation, {
      name: execution.nodeName,
      type: 'Retry',
      phase: 'Running',
      templateName: execution.templateName,
      boundaryId: execution.boundaryId,
      inputs: template.inputs,
    });
  // An attempt may end at once (stopped, for example), and then the next question is due.
  for (let round = 0; round < 3 && !isFulfilled(retry); round += 1) {
    const before = attemptsOf(operation, retry).at(-1);
    const verdict = judgeRetry(operation, retry, template.retryStrategy ?? {});
    if (verdict.kind === 'running' && before && isFulfilled(before)) {
      return retry;
    }
    if (verdict.kind === 'wait') {
      markNode(operation, retry, retry.phase, verdict.message);
      return retry;
    }
    if (verdict.kind === 'end') {
      if (before?.outputs) {
        retry.outputs = structuredClone(before.outputs);
      }
      markNode(operation, retry, verdict.phase, verdict.message ?? '');
      return retry;
    }
    markNode(operation, retry, retry.phase, '');
    const attempt = runAttempt(operation, execution, template, retry);
    if (!isFulfilled(attempt)) {
      return retry;
    }
  }
  return retry;
}

function runAttempt(
  operation: Operation,
  execution: Execution,
  template: Template,
  retry: NodeStatus,
): NodeStatus {
  const attempts = attemptsOf(operation, retry);
  const last = attempts.at(-1);
  const running = last && !isFulfilled(last) ? last : undefined;
  const number = running ? attempts.length - 1 : attempts.length;
  const nodeName = running?.name ?? `${execution.nodeName}(${number})`;
  if (!running) {
    addChild(operation, retry.id, nodeName);
  }
  const scope = new Map<string, string>([
    ['retries', String(number)],
    ['lastRetry.exitCode', '0'],
    ['lastRetry.status', ''],
    ['lastRetry.duration', '0'],
    ['lastRetry.message', ''],
  ]);
  for (const [name, value] of lastRetryScope(attempts)) {
    if (name !== 'retries') scope.set(name, String(value));
  }
  return executeOnce(
    operation,
    { ...execution, nodeName },
    substitute(template, scope),
    true,
  );
}

function executeOnce(
  operation: Operation,
  execution: Execution,
  template: Template,
  retried: boolean,
): NodeStatus {
  if (template.dag) {
    return executeDag(
      operation,
      execution,
      template,
      template.dag,
      executeTemplate,
    );
  }
  if (template.suspend) {
    return executeSuspend(operation, execution, template, retried);
  }
  if (template.container) {
    return executeContainer(
      operation,
      execution,
      template,
      template.container,
      retried,
    );
  }
  throw new TemplateError(`template '${template.name}' missing specification`);
}

/**
 * A gate: it runs until somebody else ends the node. A `duration` ends it as Succeeded with the
 * defaults of its outputs, as in Argo, which is why our own gate has none.
 */
function executeSuspend(
  operation: Operation,
  execution: Execution,
  template: Template,
  retried: boolean,
): NodeStatus {
  const supplied = template.outputs?.parameters?.filter(
    ({ valueFrom }) => valueFrom?.supplied,
  );
  let node = nodeNamed(operation, execution.nodeName);
  if (!node) {
    node = addNode(operation, {
      name: execution.nodeName,
      type: 'Suspend',
      phase: 'Running',
      templateName: execution.templateName,
      boundaryId: execution.boundaryId,
      inputs: template.inputs,
      ...(retried ? { nodeFlag: { retried: true } } : {}),
    });
    if (supplied?.length) {
      node.outputs = { parameters: structuredClone(supplied) };
    }
  }
  const duration = template.suspend?.duration;
  if (duration !== undefined) {
    const end = new Date(
      new Date(node.startedAt ?? 0).getTime() + parseDuration(duration),
    );
    if (operation.now < end) {
      requeue(operation, end);
    } else {
      resumeWithDefaults(operation, node);
    }
  }
  return node;
}

function resumeWithDefaults(operation: Operation, node: NodeStatus): void {
  for (const parameter of node.outputs?.parameters ?? []) {
    if (!parameter.valueFrom?.supplied || parameter.value !== undefined)
      continue;
    if (parameter.valueFrom.default === undefined) {
      throw new TemplateError(
        `raw output parameter '${parameter.name}' has not been set and does not have a default value`,
      );
    }
    parameter.value = parameter.valueFrom.default;
    delete parameter.valueFrom;
  }
  markNode(operation, node, 'Succeeded');
}

function executeContainer(
  operation: Operation,
  execution: Execution,
  template: Template,
  container: Container,
  retried: boolean,
): NodeStatus {
  const node =
    nodeNamed(operation, execution.nodeName) ??
    addNode(operation, {
      name: execution.nodeName,
      type: 'Pod',
      phase: 'Pending',
      templateName: execution.templateName,
      boundaryId: execution.boundaryId,
      inputs: template.inputs,
      ...(retried ? { nodeFlag: { retried: true } } : {}),
    });
  if (node.phase !== 'Pending' || operation.pods.has(node.id)) {
    return node;
  }
  if (isShutDown(operation)) {
    markNode(
      operation,
      node,
      'Failed',
      `workflow shutdown with strategy: ${operation.spec.shutdown}`,
    );
  } else if (isPastDeadline(operation)) {
    markNode(operation, node, 'Failed', 'Step exceeded its deadline');
  } else {
    const named = podName(
      operation.workflow.metadata.name,
      node.name,
      template.name,
    );
    const final = substitute(
      { template, container },
      new Map([['pod.name', named]]),
    );
    operation.createPods.push(
      buildPod(operation, node, final.template, final.container),
    );
  }
  return node;
}
