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

/** Every object that stands under a key of that name, at any depth. */
function allUnder(key: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(item => allUnder(key, item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...(name === key && isObject(item) ? [item] : []),
    ...allUnder(key, item),
  ]);
}

/** Whether something of another template is run, which its own digest can't cover. */
export function usesTemplateRef(spec: Json): boolean {
  return allUnder('templateRef', spec).length > 0;
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

function foreignTemplates(stored: Json, templates: unknown): string[] {
  const pulledIn = isObject(templates) ? Object.values(templates) : [];
  if (pulledIn.length === 0) return [];
  // Argo 3.7 keeps the parts of the Workflow's own template there, too: what equals one of the pinned spec is pinned.
  const own = Array.isArray(stored.templates) ? stored.templates : [];
  const known = [...allUnder('inline', stored), ...own].flatMap(item => [
    templateDigest(item),
    templateDigest(item, stored.podMetadata),
  ]);
  return [
    ...new Set(pulledIn.map(template => templateDigest(template))),
  ].filter(sha256 => !known.includes(sha256));
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
    foreignTemplates: foreignTemplates(stored, status?.storedTemplates),
  };
}

/** Names of the parts in which two differ. */
export function differingParts(a: PinnedSpec, b: PinnedSpec): string[] {
  const names = new Set([...Object.keys(a.parts), ...Object.keys(b.parts)]);
  return [...names].filter(name => a.parts[name] !== b.parts[name]).sort();
}
