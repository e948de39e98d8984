import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { atMost, LIMITS } from '@agentworkloads/api';
import { changeMarkPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  audited,
  describeIssues,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { ChangeKey, StoredChange } from '../changes/ChangeLog';
import { toItem } from '../changes/readable';
import { storable } from '../changes/rows';
import { zipOf } from '../changes/zip';
import { testPageOf } from '../changes/testPage';
import { ask, readerOf } from './changesReader';
import { assertAtKeyboard, type HandlerContext } from './context';
import { artifactStore } from './getObject';

const seenSchema = z.object({ seen: z.boolean() });
const wrongSchema = z.object({
  reason: atMost(z.string().trim(), LIMITS.comment)
    .transform(storable)
    .refine(text => text !== '', 'write why it is wrong; others will read it'),
});

function bodyOf<T>(schema: z.ZodType<T>, req: Request): T {
  const parsed = schema.safeParse(req.body);
  if (!parsed.success) {
    throw refusal(InputError, 'changeMarkRefused', {
      problem: describeIssues(parsed.error),
    });
  }
  return parsed.data;
}

/** No number that a report has: nothing is found there. */
const NOWHERE = -1;

function keyOf({ params }: Request): ChangeKey {
  const { cluster, uid, position } = params;
  return {
    cluster: storable(cluster),
    workloadUid: storable(uid),
    position: /^\d{1,9}$/.test(position) ? Number(position) : NOWHERE,
  };
}

/**
 * The change of the path. One that the caller may not read is answered like one that does not exist.
 * @throws NotAllowedError, NotFoundError
 */
async function changeFor(context: HandlerContext, req: Request) {
  const reader = await readerOf(context, req);
  const find = async () => {
    const change = await ask(context, () => reader.readable.find(keyOf(req)));
    if (change) return change;
    throw refusal(NotFoundError, 'changeNotFound', {});
  };
  return { ...reader, find, change: await find() };
}

/** For the caller alone: nobody else sees it. */
export function markSeen(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { change, find, userRef } = await changeFor(context, req);
    const { seen } = bodyOf(seenSchema, req);
    await ask(context, () =>
      context.changes.marks.see(userRef, change.at, seen, context.now()),
    );
    res.json(toItem(await find(), userRef));
  };
}

/** Under an audit event: it changes what others see. */
async function marking(
  context: HandlerContext,
  req: Request,
  { run, at }: StoredChange,
  meta: Record<string, string>,
  act: () => Promise<void>,
): Promise<void> {
  const { cluster, namespace, name, uid } = run;
  const { position } = at;
  await audited(
    context.auditor,
    {
      eventId: 'agent-workloads-change-mark',
      severityLevel: 'medium',
      request: req,
      meta: { cluster, namespace, name, uid, position, ...meta },
    },
    act,
  );
  context.tell({ cluster, namespace, name });
}

/** The change stays in the record; all who may read it are shown who says so, and why. */
export function callWrong(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { change, credentials, find, userRef } = await changeFor(
      context,
      req,
    );
    assertAtKeyboard(credentials, 'onlyAPersonCallsWrong');
    await context.authorizer.demand(credentials, changeMarkPermission);
    const { reason } = bodyOf(wrongSchema, req);
    const meta = { actionType: 'wrong', as: userRef, reason };
    await marking(context, req, change, meta, async () => {
      const said = { by: userRef, at: context.now(), reason };
      const stands = await ask(context, () =>
        context.changes.marks.callWrong(change.at, said),
      );
      if (stands.by !== userRef) {
        throw refusal(ConflictError, 'changeCalledWrong', {
          who: stands.by,
          reason: stands.reason,
        });
      }
    });
    res.json(toItem(await find(), userRef));
  };
}

/** What somebody said, they alone take back. */
export function takeBackWrong(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { change, credentials, find, userRef } = await changeFor(
      context,
      req,
    );
    assertAtKeyboard(credentials, 'onlyAPersonTakesBack');
    await context.authorizer.demand(credentials, changeMarkPermission);
    const meta = { actionType: 'right', as: userRef };
    await marking(context, req, change, meta, async () => {
      const gone = await ask(context, () =>
        context.changes.marks.takeBack(change.at, userRef),
      );
      if (gone) return;
      const { wrong } = (await find()).marks;
      throw wrong
        ? refusal(ConflictError, 'changeNotYours', { who: wrong.by })
        : refusal(ConflictError, 'changeNotWrong', {});
    });
    res.json(toItem(await find(), userRef));
  };
}

/** What both runs saved of the page, and what was told of it, as files that the commands of this project read. */
export function getTestPage(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { change, readable } = await changeFor(context, req);
    const files = await testPageOf(artifactStore(context), change, uid =>
      ask(context, () => readable.runOfWorkflow(change.run, uid)),
    );
    res.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': 'attachment; filename="test-page.zip"',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    res.send(zipOf(files));
  };
}
