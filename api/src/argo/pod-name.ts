import type { ArgoNode, ArgoWorkflow } from './objects';

const FORMAT_ANNOTATION = 'workflows.argoproj.io/pod-name-format';
/** Of the 253 characters of a name, what is left beside a dash and ten digits of a hash. */
const MAX_PREFIX = 242;

/**
 * Name of the pod of a node, as Argo's `GetPodName` makes it. Format v2, the default: workflow, template and
 * the hash that ends the node's id; format v1: the node's id.
 */
export function podName({ metadata }: ArgoWorkflow, node: ArgoNode): string {
  const format = metadata.annotations?.[FORMAT_ANNOTATION];
  if (format === 'v1' || !node.templateName || node.name === metadata.name) {
    return node.id;
  }
  const prefix = `${metadata.name}-${node.templateName}`.slice(0, MAX_PREFIX);
  return `${prefix}-${node.id.slice(node.id.lastIndexOf('-') + 1)}`;
}
