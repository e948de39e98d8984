// The types of the REST API, made of its description. Where that names a type of api/ (`x-typescript-type`), it stands there:
// an object of any properties would tell the compiler nothing.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import ts from 'typescript';
import { parse } from 'yaml';

const DESCRIPTION = 'plugins/agent-workloads-backend/src/schema/openapi.yaml';
const TARGET = 'plugins/agent-workloads-common/src/rest.ts';

/** Names of TypeScript itself in such a type. */
const BUILT_IN = new Set(['NonNullable', 'Omit', 'Partial', 'Pick']);

const namesIn = type =>
  [...type.replace(/'[^']*'/g, '').matchAll(/\b[A-Z]\w+/g)]
    .map(([name]) => name)
    .filter(name => !BUILT_IN.has(name));

/** @returns the path of the file below `root`, and its text */
export async function restTypes(root) {
  const description = parse(
    await readFile(path.join(root, DESCRIPTION), 'utf8'),
  );
  const ours = new Set();
  const nodes = await openapiTypes(description, {
    transform(schema) {
      const type = schema['x-typescript-type'];
      if (type === undefined) return undefined;
      namesIn(type).forEach(name => ours.add(name));
      return ts.factory.createTypeReferenceNode(type);
    },
  });
  // What the description has none of, and what only the rest is made of.
  const body = astToString(nodes)
    .replace(/^export type (webhooks|\$defs) = .*$/gm, '')
    .replace(/^export interface (components|operations)\b/gm, 'interface $1');
  const file = path.join(root, TARGET);
  const text = await prettier.format(
    `/* eslint-disable max-lines, @typescript-eslint/naming-convention -- as the description is */
// Generated from ${DESCRIPTION} by \`npm run generate\`; do not edit.
import type { ${[...ours].sort().join(', ')} } from '@agentworkloads/api';

${body}`,
    { ...(await prettier.resolveConfig(file)), parser: 'typescript' },
  );
  return [TARGET, text];
}
