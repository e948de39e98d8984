/** FNV-1a, 32 bits, over the UTF-8 bytes: what Argo hashes node names with. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}

/** Key in `status.nodes`: the Workflow's own name for its entry node, else `<workflow>-<hash of the node's name>`. */
export function nodeId(workflowName: string, nodeName: string): string {
  return nodeName === workflowName
    ? workflowName
    : `${workflowName}-${fnv1a(nodeName)}`;
}

const MAX_NAME = 253;
const HASH_LENGTH = 10;

/** Name of the Pod of a node, in Argo's `v2` form: `<workflow>-<template>-<hash of the node's name>`. */
export function podName(
  workflowName: string,
  nodeName: string,
  templateName: string,
): string {
  if (workflowName === nodeName) {
    return workflowName;
  }
  const prefix = `${workflowName}-${templateName}`.slice(
    0,
    MAX_NAME - HASH_LENGTH - 1,
  );
  return `${prefix}-${fnv1a(nodeName)}`;
}
