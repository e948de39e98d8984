import type { Request, RequestHandler } from 'express';
import {
  artifactReadPermission,
  workloadReadPermission,
  type ChangeItem,
  type ChangesResponse,
  type ChangesVisit,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Position } from '../changes/ChangeLog';
import { renderChangesCsv } from '../changes/changesCsv';
import {
  cursorOf,
  parseChangesFilter,
  parseChangesQuery,
} from '../changes/changesQuery';
import { ReadableChanges, toItem } from '../changes/readable';
import type { Rights, WorkloadResource } from '../permissions';
import {
  personCredentials,
  type HandlerContext,
  type PersonCredentials,
} from './context';

/** Of one file; a page of the log is read at a time. */
const MOST_IN_CSV = 20_000;
const CSV_PAGE = 500;

/** A database's own words are a query; they go to the log and to nobody else. */
async function ask<T>(
  { logger }: HandlerContext,
  question: () => Promise<T>,
): Promise<T> {
  try {
    return await question();
  } catch (error) {
    logger.error('The changes can not be read', error as Error);
    throw new ServiceUnavailableError(
      "The portal's database can't be read now. Try again shortly; if it lasts, the log of the portal's backend says why.",
    );
  }
}

/** Whoever lacks one of the two whatever the run is told so. */
async function assertMayRead(
  { authorizer }: HandlerContext,
  credentials: PersonCredentials,
): Promise<void> {
  await authorizer.rights(credentials, [], workloadReadPermission);
  await authorizer.rights(credentials, [], artifactReadPermission);
}

/** Changes are shown to whom the report of their run would be: both permissions, and what the cluster lets the person read. */
async function readerOf(context: HandlerContext, req: Request) {
  const { authorizer, changes, clusters, store } = context;
  const credentials = await personCredentials(context, req);
  await assertMayRead(context, credentials);
  const kept = await ask(context, () => changes.places());
  const places = [...kept, ...store.places()];
  const rights = await authorizer.rights(
    credentials,
    places,
    artifactReadPermission,
    workloadReadPermission,
  );
  const may = (resource: WorkloadResource) => mayReadReport(rights, resource);
  const readable = new ReadableChanges(changes, clusters.identity, {
    places: kept.filter(place => rights.reads(place)),
    may,
  });
  return { may, readable, problems: rights.problems };
}

function mayReadReport(rights: Rights, resource: WorkloadResource): boolean {
  return (
    rights.may(artifactReadPermission, resource) &&
    rights.may(workloadReadPermission, resource)
  );
}

export function listChanges(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { filter, limit, after } = parseChangesQuery(req.query);
    const { may, readable, problems } = await readerOf(context, req);
    const { items, next } = await ask(context, () =>
      readable.page(filter, limit, after),
    );
    const body: ChangesResponse = {
      items: items.map(toItem),
      nextCursor: next && cursorOf(next),
      takenIn:
        items.length > 0 || (await ask(context, () => readable.hasRuns())),
      waiting: context.store
        .entries()
        .filter(entry => context.isWaiting(entry) && may(entry.resource))
        .length,
      clusters: context.store.states(problems),
    };
    res.json(body);
  };
}

/** Remembers that the caller looks at the changes, and says which are new to them. */
export function visitChanges(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    await assertMayRead(context, credentials);
    const since = await ask(context, () =>
      context.changes.visit(credentials.principal.userEntityRef, context.now()),
    );
    const body: ChangesVisit = {
      unreadSince:
        since === undefined ? undefined : new Date(since).toISOString(),
    };
    res.json(body);
  };
}

export function getChangesCsv(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const filter = parseChangesFilter(req.query);
    const { readable } = await readerOf(context, req);
    const items: ChangeItem[] = [];
    let next: Position | undefined;
    const nextPage = (after?: Position) =>
      ask(context, () => readable.page(filter, CSV_PAGE, after));
    do {
      const page = await nextPage(next);
      items.push(...page.items.map(toItem));
      next = page.next;
    } while (next && items.length < MOST_IN_CSV);
    res.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="changes.csv"',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    res.send(renderChangesCsv(items, next !== undefined));
  };
}
