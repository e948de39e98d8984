import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments, parse } from 'yaml';
import { z } from 'zod';
import { checkHttp } from './checks';

const TIMEOUT_MS = 5_000;

/** Who may sign in; the portal's demo sign-in knows the same names. */
export const DEMO_PEOPLE = ['bob', 'alice'] as const;

const configSchema = z.object({
  catalog: z.object({
    locations: z.array(z.object({ type: z.string(), target: z.string() })),
  }),
});
const entitySchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

/**
 * What the catalog of `app-config.demo.yaml` is to hold, as entity references: `template:default/competitor-scrape`.
 *
 * @throws Error when the configuration or one of the files that it names can't be read
 */
export async function demoEntities(root: string): Promise<string[]> {
  const text = await readFile(path.join(root, 'app-config.demo.yaml'), 'utf8');
  const { catalog } = configSchema.parse(parse(text));
  const files = catalog.locations.filter(({ type }) => type === 'file');
  const documents = await Promise.all(
    files.map(async ({ target }) =>
      parseAllDocuments(await readFile(path.resolve(root, target), 'utf8')),
    ),
  );
  return documents.flat().flatMap(document => {
    const entity = entitySchema.safeParse(document.toJS());
    if (!entity.success) return [];
    const { kind, metadata } = entity.data;
    return [`${kind}:${metadata.namespace ?? 'default'}/${metadata.name}`].map(
      ref => ref.toLowerCase(),
    );
  });
}

async function answerOf(
  url: string,
  options: { body?: unknown; headers: Record<string, string> },
): Promise<{ status: number; body: unknown }> {
  const { body, headers } = options;
  const response = await fetch(url, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      ...headers,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: undefined };
  }
}

const sessionSchema = z.object({
  backstageIdentity: z.object({ token: z.string().min(1) }),
});
const errorSchema = z.object({ error: z.object({ message: z.string() }) });
const entitiesSchema = z.object({ items: z.array(z.unknown()) });

const saidBy = ({ status, body }: { status: number; body: unknown }) => {
  const parsed = errorSchema.safeParse(body);
  return parsed.success
    ? `${status} ${parsed.data.error.message}`
    : `${status}`;
};

async function signIn(origin: string, person: string): Promise<string> {
  const answer = await answerOf(`${origin}/api/auth/demo/refresh`, {
    headers: { 'x-demo-user': person },
  });
  const session = sessionSchema.safeParse(answer.body);
  if (answer.status !== 200 || !session.success) {
    throw new Error(`${person} can't sign in: ${saidBy(answer)}`);
  }
  return session.data.backstageIdentity.token;
}

/**
 * Resolves when a person who opens the portal now can do what the README says: it answers, everybody of the demo can
 * sign in, and the catalog has read the template and the demo entities.
 *
 * @param origin `http://127.0.0.1:7007`
 * @param entities references as {@link demoEntities} gives them
 * @throws Error that says what is not there yet
 */
export async function checkPortal(
  origin: string,
  entities: readonly string[],
): Promise<void> {
  await checkHttp({ url: `${origin}/.backstage/health/v1/readiness` });
  await checkHttp({ url: `${origin}/` });
  const tokens = await Promise.all(
    DEMO_PEOPLE.map(person => signIn(origin, person)),
  );
  const answer = await answerOf(`${origin}/api/catalog/entities/by-refs`, {
    headers: { authorization: `Bearer ${tokens[0]}` },
    body: { entityRefs: entities, fields: ['kind'] },
  });
  const found = entitiesSchema.safeParse(answer.body);
  if (!found.success) {
    throw new Error(`the catalog does not answer: ${saidBy(answer)}`);
  }
  const missing = entities.filter((_ref, index) => !found.data.items[index]);
  if (missing.length > 0) {
    throw new Error(`the catalog has not read ${missing.join(', ')}`);
  }
}
