import { canonicalFields, canonicalJson } from './canonical';
import { changeHash, sha256Hex } from './hash';
import { isObject, type Json } from '../json';
import { mergeSpecs } from './merge-spec';

/**
 * Fields of a spec that say when, where and how long something runs, not what. All others are held
 * to what the template said: a field that Argo learns tomorrow is among them.
 */
const NOT_PINNED: readonly string[] = [
  'activeDeadlineSeconds',
  'affinity',
  'archiveLogs',
  'imagePullSecrets',
  'metrics',
  'nodeSelector',
  'parallelism',
  'podDisruptionBudget',
  'podGC',
  'podPriorityClassName',
  'priority',
  'schedulerName',
  'shutdown',
  'suspend',
  'synchronization',
  'tolerations',
  'ttlStrategy',
  'volumeClaimGC',
  'workflowMetadata',
  'workflowTemplateRef',
];

/** They change when a Workflow is stopped, and Argo then stores its spec anew. */
const SWITCHES: readonly string[] = ['shutdown', 'suspend'];

/** The parts of a spec that decide what runs, in canonical form. */
export interface PinnedSpec {
  /** Hex; the same for specs that run the same. */
  sha256: string;
  /** A short hash of each part, by its name: to say where two differ. */
  parts: Record<string, string>;
}

/** What Argo runs: the spec that it stored when it took the Workflow. */
export interface StoredFacts {
  pinned: PinnedSpec;
  /** Of the whole spec, save whether it is to stop. */
  sha256: string;
  /** Of each template that was pulled in from elsewhere; those that stand within the stored spec aside. */
  foreignTemplates: string[];
  /** Keys of templates that Argo would not have put there, whatever they hold. */
  misplacedTemplates: string[];
}

function digest(fields: Map<string, string>, without: readonly string[]) {
  const kept = [...fields].filter(([name]) => !without.includes(name));
  const json = kept.map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return { kept, sha256: sha256Hex(`{${json.join()}}`) };
}

function pinnedOf(fields: Map<string, string>): PinnedSpec {
  const { kept, sha256 } = digest(fields, NOT_PINNED);
  return {
    sha256,
    parts: Object.fromEntries(
      kept.map(([name, text]) => [name, changeHash(text)]),
    ),
  };
}

/** @param spec of a WorkflowTemplate */
export function pinTemplate(spec: Json): PinnedSpec {
  return pinnedOf(canonicalFields(spec));
}

/**
 * What Argo must store for a Workflow.
 * @param own the spec of the Workflow
 * @param template the spec of the template that it names
 * @param defaults what the operator's setting admits of Argo's `workflowDefaults`
 */
export function expectedPin(
  own: object,
  template: Json,
  defaults: Json,
): PinnedSpec {
  return pinTemplate(mergeSpecs(own as Json, template, defaults));
}

/** Values of parameters that the Workflow itself gives: what the template says beside them is of no account. */
function withOwnParameters(stored: Json, own: Json): Json {
  const given = (
    isObject(own.arguments) && Array.isArray(own.arguments.parameters)
      ? own.arguments.parameters
      : []
  ).map((parameter: { name?: unknown }) => parameter.name);
  const { arguments: all } = stored;
  if (!isObject(all) || !Array.isArray(all.parameters)) return stored;
  const parameters = all.parameters.map(
    (parameter: { name?: unknown; value?: unknown }) =>
      given.includes(parameter.name)
        ? { name: parameter.name, value: parameter.value }
        : parameter,
  );
  return { ...stored, arguments: { ...all, parameters } };
}

/** Whether something of another template is run, at any depth, which the spec's own digest can't cover. */
export function usesTemplateRef(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(usesTemplateRef);
  return (
    isObject(value) &&
    (isObject(value.templateRef) || Object.values(value).some(usesTemplateRef))
  );
}

/** Of one template of a WorkflowTemplate, as Argo stores it when another one refers to it. */
export function templateDigest(template: unknown, podMetadata?: unknown) {
  const whole =
    isObject(template) && isObject(podMetadata)
      ? mergeSpecs(
          { metadata: template.metadata },
          { metadata: podMetadata },
          {},
        )
      : undefined;
  return sha256Hex(
    canonicalJson(
      whole && isObject(template)
        ? { ...template, metadata: whole.metadata }
        : template,
    ),
  );
}

/** Templates that stand within a task or a step, and its name. */
function inlined(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap(inlined);
  if (!isObject(value)) return [];
  const within = Object.values(value).flatMap(inlined);
  return isObject(value.inline)
    ? [[`inline/${value.name}`, value.inline], ...within]
    : within;
}

/**
 * What Argo pulled into the Workflow's status. 3.7 keeps the parts of the Workflow's own template
 * there, too; each part is run by its key, so it must stand under its own (resolveTemplateReference in
 * pkg/apis/workflow/v1alpha1/workflow_types.go).
 */
function pulledIn(
  own: Json,
  stored: Json,
  templates: unknown,
): Pick<StoredFacts, 'foreignTemplates' | 'misplacedTemplates'> {
  const { clusterScope, name } = isObject(own.workflowTemplateRef)
    ? own.workflowTemplateRef
    : {};
  const ours = `${clusterScope ? 'cluster' : 'namespaced'}/${name}/`;
  const parts = Array.isArray(stored.templates) ? stored.templates : [];
  const pinned: [string, unknown][] = [
    ...parts.map((part): [string, unknown] => [part?.name, part]),
    ...inlined(parts),
  ];
  const foreign = new Set<string>();
  const misplaced: string[] = [];
  for (const [key, template] of Object.entries(templates ?? {})) {
    const sha256 = templateDigest(template);
    if (key.startsWith(ours)) {
      const isPinned = pinned.some(
        ([at, part]) =>
          `${ours}${at}` === key &&
          [
            templateDigest(part),
            templateDigest(part, stored.podMetadata),
          ].includes(sha256),
      );
      if (!isPinned) misplaced.push(key);
    } else if (isAtItsName(key, template)) foreign.add(sha256);
    else misplaced.push(key);
  }
  return { foreignTemplates: [...foreign], misplacedTemplates: misplaced };
}

/** A template of another one is kept as `scope/template/name`, one within a task as `…/inline/task`. */
function isAtItsName(key: string, template: unknown): boolean {
  const [, , ...rest] = key.split('/');
  const name = isObject(template) ? template.name : undefined;
  return rest.length === 2 && rest[0] === 'inline'
    ? !name || name === rest[1]
    : rest.length === 1 && name === rest[0];
}

/**
 * @param own the spec of the Workflow
 * @param status of the Workflow
 * @returns undefined where Argo stored nothing: it has not taken the Workflow yet
 */
export function readStored(
  own: object,
  status:
    | { storedWorkflowTemplateSpec?: unknown; storedTemplates?: unknown }
    | undefined,
): StoredFacts | undefined {
  const stored = status?.storedWorkflowTemplateSpec;
  if (!isObject(stored)) return undefined;
  const fields = canonicalFields(withOwnParameters(stored, own as Json));
  return {
    pinned: pinnedOf(fields),
    sha256: digest(fields, SWITCHES).sha256,
    ...pulledIn(own as Json, stored, status?.storedTemplates),
  };
}

/** Names of the parts in which two differ. */
export function differingParts(a: PinnedSpec, b: PinnedSpec): string[] {
  const names = new Set([...Object.keys(a.parts), ...Object.keys(b.parts)]);
  return [...names].filter(name => a.parts[name] !== b.parts[name]).sort();
}
