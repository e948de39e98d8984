import { badRequest } from '../errors';
import { at, objectAt, stringAt } from '../json';
import type { KubeObject, ResourceDef } from '../model';

export type Matcher = (object: KubeObject) => boolean;

interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'absent';
  values: string[];
}

const NAME = '[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?';
const SET = new RegExp(`^(${NAME})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const EQUALITY = new RegExp(`^(${NAME})\\s*(==|=|!=)\\s*(${NAME})?$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${NAME})$`);

/** @throws ApiError 400 for a selector that does not parse */
export function parseLabelSelector(text: string): Requirement[] {
  return splitOutside(text)
    .map(part => part.trim())
    .filter(Boolean)
    .map(parseRequirement);
}

/** Commas inside of parentheses belong to a set. */
function splitOutside(text: string): string[] {
  return text.split(/,(?![^(]*\))/);
}

function parseRequirement(part: string): Requirement {
  const set = SET.exec(part);
  if (set) {
    return {
      key: set[1],
      operator: set[2] === 'in' ? 'in' : 'notin',
      values: set[3].split(',').map(value => value.trim()),
    };
  }
  const equality = EQUALITY.exec(part);
  if (equality) {
    return {
      key: equality[1],
      operator: equality[2] === '!=' ? 'notin' : 'in',
      values: [equality[3] ?? ''],
    };
  }
  const existence = EXISTENCE.exec(part);
  if (existence) {
    return {
      key: existence[2],
      operator: existence[1] ? 'absent' : 'exists',
      values: [],
    };
  }
  throw badRequest(`unable to parse requirement: ${part}`);
}

export function matchesLabels(
  requirements: Requirement[],
  labels: Record<string, unknown>,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = labels[key];
    const present = typeof value === 'string';
    switch (operator) {
      case 'in':
        return present && values.includes(value);
      case 'notin':
        return !present || !values.includes(value);
      case 'exists':
        return present;
      default:
        return !present;
    }
  });
}

/** A metav1.LabelSelector, as policies and bindings use it. */
export function fromLabelSelector(selector: unknown): Requirement[] {
  const labels = objectAt(selector, 'matchLabels');
  const expressions = at(selector, 'matchExpressions');
  const operators = {
    In: 'in',
    NotIn: 'notin',
    Exists: 'exists',
    DoesNotExist: 'absent',
  } as const;
  return [
    ...Object.entries(labels).map(
      ([key, value]): Requirement => ({
        key,
        operator: 'in',
        values: [String(value)],
      }),
    ),
    ...(Array.isArray(expressions) ? expressions : []).map(
      (item): Requirement => ({
        key: stringAt(item, 'key') ?? '',
        operator:
          operators[stringAt(item, 'operator') as keyof typeof operators] ??
          'absent',
        values: (at(item, 'values') as string[] | undefined) ?? [],
      }),
    ),
  ];
}

const EVENT_FIELDS = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
];
const BUILTIN_FIELDS: Record<string, string[]> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  events: EVENT_FIELDS,
  secrets: ['type'],
  namespaces: ['status.phase'],
};

/** @throws ApiError 400 for a field that the kind can't be selected by */
export function parseFieldSelector(text: string, def: ResourceDef): Matcher {
  const allowed = [
    'metadata.name',
    ...(def.namespaced ? ['metadata.namespace'] : []),
    ...(BUILTIN_FIELDS[def.storageKey] ?? []),
    ...(def.custom?.selectableFields ?? []).map(path => path.slice(1)),
  ];
  const tests = text
    .split(',')
    .filter(Boolean)
    .map(part => {
      const found = /^([^!=]+)(==|=|!=)(.*)$/.exec(part);
      if (!found) {
        throw badRequest(
          `invalid selector: '${part}'; can't understand '${part}'`,
        );
      }
      const [, field, operator, value] = found;
      if (!allowed.includes(field)) {
        throw badRequest(`field label not supported: ${field}`);
      }
      return { field, wanted: operator !== '!=', value };
    });
  return object =>
    tests.every(
      ({ field, wanted, value }) =>
        (fieldValue(object, field, def) === value) === wanted,
    );
}

function fieldValue(
  object: KubeObject,
  field: string,
  def: ResourceDef,
): string {
  const path =
    def.storageKey === 'events' && field === 'source'
      ? 'source.component'
      : field;
  const value = at(object, ...path.split('.'));
  return value === undefined || value === null ? '' : String(value);
}

export function parseSelectors(
  query: URLSearchParams,
  def: ResourceDef,
): Matcher | undefined {
  const labelText = query.get('labelSelector') ?? '';
  const fieldText = query.get('fieldSelector') ?? '';
  if (!labelText && !fieldText) return undefined;
  const requirements = parseLabelSelector(labelText);
  const fields = parseFieldSelector(fieldText, def);
  return object =>
    fields(object) &&
    matchesLabels(requirements, objectAt(object, 'metadata', 'labels'));
}
