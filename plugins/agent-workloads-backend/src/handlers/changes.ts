import type { RequestHandler } from 'express';
import type {
  ChangeItem,
  ChangesResponse,
  ChangesVisit,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { ChangesFilter, Position } from '../changes/ChangeLog';
import { renderChangesCsv } from '../changes/changesCsv';
import {
  cursorOf,
  parseChangesFilter,
  parseChangesQuery,
} from '../changes/changesQuery';
import { toItem } from '../changes/readable';
import { ask, assertMayRead, readerOf } from './changesReader';
import { personCredentials, type HandlerContext } from './context';

/** Of one file; a page of the log is read at a time. */
const MOST_IN_CSV = 20_000;
const CSV_PAGE = 500;

/** `unread` is what came after the caller's own last visit; the list alone is no visit. */
async function withVisit(
  context: HandlerContext,
  filter: ChangesFilter,
  userRef: string,
): Promise<ChangesFilter> {
  if (filter.show !== 'unread') return filter;
  const unreadSince = await ask(context, () =>
    context.changes.unreadSince(userRef, context.now()),
  );
  return { ...filter, unreadSince };
}

export function listChanges(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { filter: asked, limit, after } = parseChangesQuery(req.query);
    const { may, readable, problems, userRef } = await readerOf(context, req);
    const filter = await withVisit(context, asked, userRef);
    const { items, next } = await ask(context, () =>
      readable.page(filter, limit, after),
    );
    const body: ChangesResponse = {
      items: items.map(item => toItem(item, userRef)),
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
    const asked = parseChangesFilter(req.query);
    const { readable, userRef } = await readerOf(context, req);
    const filter = await withVisit(context, asked, userRef);
    const items: ChangeItem[] = [];
    let next: Position | undefined;
    const nextPage = (after?: Position) =>
      ask(context, () => readable.page(filter, CSV_PAGE, after));
    do {
      const page = await nextPage(next);
      items.push(...page.items.map(item => toItem(item, userRef)));
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
