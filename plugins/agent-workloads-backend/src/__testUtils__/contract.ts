import { readFileSync } from 'node:fs';
import path from 'node:path';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, object> }>;
}

/** The description of the REST API that the package ships. */
export const openapi = parse(
  readFileSync(path.join(__dirname, '../schema/openapi.yaml'), 'utf8'),
) as {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, object>>;
};

export interface Answer {
  method: string;
  /** Below `/api/agent-workloads`, with its query. */
  url: string;
  status: number;
  type: string;
  body: unknown;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(openapi, 'openapi');

const pointer = (...parts: string[]) =>
  parts
    .map(part => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .map(encodeURI)
    .join('');

/** `/runs/{cluster}` as what it matches. */
const matcher = (template: string) =>
  new RegExp(
    `^${template
      .replace(/[.]/g, '\\.')
      .replace(/\{[^}]+\}/g, '[^/]+')}(?:\\?.*)?$`,
  );

const operations = Object.entries(openapi.paths)
  .flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      template,
      operation,
      matches: matcher(template),
    })),
  )
  // `/changes/visit` before `/changes/{cluster}`.
  .sort((a, b) => a.template.split('{').length - b.template.split('{').length);

function contentOf(
  where: string[],
  { content }: { content?: Record<string, object> },
  type: string,
) {
  const [kind] = type.split(';');
  if (!content) return 'none';
  if (content['*/*']) return 'any';
  return content[kind] ? [...where, 'content', kind, 'schema'] : undefined;
}

/** @returns a sentence where the answer is not what the description says; of requests to no operation nothing */
export function breach(answer: Answer): string | undefined {
  const found = operations.find(
    ({ method, matches }) =>
      method === answer.method.toLowerCase() && matches.test(answer.url),
  );
  if (!found) return undefined;
  const { operation, template, method } = found;
  const name = `${operation.operationId} answered ${answer.status}`;
  const status = String(answer.status);
  const isNamed = operation.responses[status] !== undefined;
  if (!isNamed && answer.status < 400) return `${name}, which is not described`;
  const where = isNamed
    ? ['paths', template, method, 'responses', status]
    : ['components', 'responses', 'Refused'];
  const response = isNamed
    ? operation.responses[status]
    : openapi.components.responses.Refused;
  const schema = contentOf(where, response, answer.type);
  if (schema === undefined)
    return `${name} with "${answer.type}", which is not described`;
  if (
    typeof schema === 'string' ||
    schema[schema.length - 2] !== 'application/json'
  )
    return undefined;
  const validate = ajv.getSchema(`openapi#${pointer(...schema)}`)!;
  if (validate(answer.body)) return undefined;
  return `${name} with what is not described: ${ajv.errorsText(
    validate.errors,
  )}`;
}
