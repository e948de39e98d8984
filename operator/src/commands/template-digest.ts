import { isObject } from '../json';
import { pinTemplate, templateDigest } from '../workflow/pinned-spec';

const KINDS: readonly unknown[] = [
  'WorkflowTemplate',
  'ClusterWorkflowTemplate',
];

/** Items of Lists one by one, as `kubectl get` prints them. */
function single(document: unknown): unknown[] {
  return isObject(document) && Array.isArray(document.items)
    ? document.items
    : [document];
}

function linesOf(
  kind: unknown,
  name: unknown,
  spec: Record<string, unknown>,
  withParts: boolean,
): string[] {
  const templates = Array.isArray(spec.templates) ? spec.templates : [];
  const parts = templates
    .filter(isObject)
    .map(
      part =>
        `${templateDigest(part, spec.podMetadata)}  ${kind}/${name}/${
          part.name
        }`,
    );
  return [
    `${pinTemplate(spec).sha256}  ${kind}/${name}`,
    ...(withParts ? parts : []),
  ];
}

/**
 * A line for each WorkflowTemplate: its digest in canonical form and its name, as `sha256sum` prints files.
 * @param documents manifests, parsed; other kinds are passed by
 * @param withParts one line more for each single template, as another WorkflowTemplate may refer to it
 * @throws Error when there is not one template
 */
export function digestLines(
  documents: unknown[],
  withParts: boolean,
): string[] {
  const lines = documents.flatMap(single).flatMap(object => {
    if (!isObject(object) || !KINDS.includes(object.kind)) return [];
    const { metadata, spec } = object;
    const name = isObject(metadata) ? metadata.name : undefined;
    return isObject(spec) ? linesOf(object.kind, name, spec, withParts) : [];
  });
  if (lines.length > 0) return lines;
  throw new Error(
    'there is no WorkflowTemplate and no ClusterWorkflowTemplate in it',
  );
}
