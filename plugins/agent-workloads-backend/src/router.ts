import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { cancelRun } from './handlers/cancelRun';
import {
  callWrong,
  getTestPage,
  markSeen,
  takeBackWrong,
} from './handlers/changeMarks';
import { getChangesCsv, listChanges, visitChanges } from './handlers/changes';
import { checkPages, checkStart } from './handlers/checks';
import type { HandlerContext } from './handlers/context';
import { createRun, openAgain, rerun } from './handlers/createRun';
import { createSchedule } from './handlers/createSchedule';
import { decideGate } from './handlers/decideGate';
import { extendGate } from './handlers/extendGate';
import { getEvidence } from './handlers/getEvidence';
import { getLog } from './handlers/getLog';
import { getArtifact, getObject } from './handlers/getObject';
import { getRun, getRunYaml } from './handlers/getRun';
import { listEvents } from './handlers/listEvents';
import { listGates } from './handlers/listGates';
import { listRuns } from './handlers/listRuns';
import {
  deleteSchedule,
  editSchedule,
  runScheduleNow,
  setSuspended,
} from './handlers/scheduleActions';
import { getSchedule, listSchedules } from './handlers/schedules';

/** 500 URLs of 2,048 characters and some room. */
const BODY_LIMIT = '1200kb';

export function createRouter(context: HandlerContext): Router {
  const router = PromiseRouter();
  const run = '/runs/:cluster/:namespace/:name';
  const change = '/changes/:cluster/:uid/:position';
  const schedule = '/schedules/:cluster/:namespace/:name';
  router.use(express.json({ limit: BODY_LIMIT }));
  router.get('/runs', listRuns(context));
  router.post('/runs', createRun(context));
  router.post('/checks/start', checkStart(context));
  router.post('/checks/pages', checkPages(context));
  router.get('/gates', listGates(context));
  router.get('/changes', listChanges(context));
  router.post('/changes/visit', visitChanges(context));
  router.get('/changes.csv', getChangesCsv(context));
  router.post(`${change}/seen`, markSeen(context));
  router.post(`${change}/wrong`, callWrong(context));
  router.post(`${change}/right`, takeBackWrong(context));
  router.get(`${change}/test-page.zip`, getTestPage(context));
  router.get('/schedules', listSchedules(context));
  router.post('/schedules', createSchedule(context));
  router.get(schedule, getSchedule(context));
  router.post(`${schedule}/edit`, editSchedule(context));
  router.delete(schedule, deleteSchedule(context));
  router.post(`${schedule}/run-now`, runScheduleNow(context));
  router.post(`${schedule}/suspend`, setSuspended(context, true));
  router.post(`${schedule}/resume`, setSuspended(context, false));
  router.get(run, getRun(context));
  router.get(`${run}/yaml`, getRunYaml(context));
  router.get(`${run}/events`, listEvents(context));
  router.get(`${run}/evidence`, getEvidence(context));
  router.get(`${run}/steps/:step/log`, getLog(context));
  router.get(`${run}/artifacts/:artifact`, getArtifact(context));
  router.get(`${run}/objects`, getObject(context));
  router.post(`${run}/cancel`, cancelRun(context));
  router.post(`${run}/rerun`, rerun(context));
  router.post(`${run}/open-again`, openAgain(context));
  router.post(`${run}/gate/decision`, decideGate(context));
  router.post(`${run}/gate/extension`, extendGate(context));
  return router;
}
