import type { Request } from 'express';
import {
  artifactReadPermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ServiceUnavailableError } from '@backstage/errors';
import { ReadableChanges } from '../changes/readable';
import type { Rights, WorkloadResource } from '../permissions';
import {
  personCredentials,
  type HandlerContext,
  type PersonCredentials,
} from './context';

/** A database's own words are a query; they go to the log and to nobody else. */
export async function ask<T>(
  { logger }: HandlerContext,
  question: () => Promise<T>,
): Promise<T> {
  try {
    return await question();
  } catch (error) {
    logger.error('The changes can not be read', error as Error);
    throw refusal(ServiceUnavailableError, 'databaseAway', {});
  }
}

/** Whoever lacks one of the two whatever the run is told so. */
export async function assertMayRead(
  { authorizer }: HandlerContext,
  credentials: PersonCredentials,
): Promise<void> {
  await authorizer.rights(credentials, [], workloadReadPermission);
  await authorizer.rights(credentials, [], artifactReadPermission);
}

/** Changes are shown to whom the report of their run would be: both permissions, and what the cluster lets the person read. */
export async function readerOf(context: HandlerContext, req: Request) {
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
  const { userEntityRef: userRef } = credentials.principal;
  const may = (resource: WorkloadResource) => mayReadReport(rights, resource);
  const readable = new ReadableChanges(changes, clusters.identity, {
    places: kept.filter(place => rights.reads(place)),
    userRef,
    may,
  });
  return { credentials, may, readable, problems: rights.problems, userRef };
}

function mayReadReport(rights: Rights, resource: WorkloadResource): boolean {
  return (
    rights.may(artifactReadPermission, resource) &&
    rights.may(workloadReadPermission, resource)
  );
}
