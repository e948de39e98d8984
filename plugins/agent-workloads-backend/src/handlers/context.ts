import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { Request } from 'express';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { StartRunServices } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { ArtifactStore } from '../artifacts/ArtifactStore';
import type { RunEntry } from '../cache/ClusterCache';
import type { RunStore } from '../cache/RunStore';
import type { ChangeLog } from '../changes/ChangeLog';
import type { Checks } from '../checks';
import type { Authorizer, People } from '../permissions';

export interface HandlerContext extends StartRunServices {
  httpAuth: HttpAuthService;
  people: People;
  logger: LoggerService;
  store: RunStore;
  authorizer: Authorizer;
  /** Undefined when no object storage is configured. */
  artifacts?: ArtifactStore;
  /** What a check before a run may ask. */
  checks: Checks;
  /** What completed runs changed. */
  changes: Pick<
    ChangeLog,
    | 'find'
    | 'marks'
    | 'page'
    | 'places'
    | 'runOfWorkflow'
    | 'runs'
    | 'unreadSince'
    | 'visit'
  >;
  /** Whoever looks at a run, and may, is told that something of it changed. */
  tell(ref: RunRef): void;
  /** Completed, and what it changed is not among the changes (yet). */
  isWaiting(entry: RunEntry): boolean;
}

export type PersonCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** Services have no business with runs: every route is for people and what acts for them. */
export function personCredentials(
  context: HandlerContext,
  req: Request,
): Promise<PersonCredentials> {
  return context.httpAuth.credentials(req, { allow: ['user'] });
}

/**
 * A decision needs a person at the keyboard; software that acts for one is named in `actor`.
 * @throws NotAllowedError
 */
export function assertAtKeyboard(
  credentials: PersonCredentials,
  code:
    | 'onlyAPersonDecides'
    | 'onlyAPersonCallsWrong'
    | 'onlyAPersonTakesBack' = 'onlyAPersonDecides',
): void {
  if (credentials.principal.actor) {
    throw refusal(NotAllowedError, code, {});
  }
}

/** The run that the path names. */
export function runRefOf(req: Request): RunRef {
  const { cluster, namespace, name } = req.params;
  return { cluster, namespace, name };
}

export function booleanQuery(req: Request, name: string): boolean {
  const value = req.query[name];
  if (value === undefined || value === 'false') {
    return false;
  }
  if (value === 'true') {
    return true;
  }
  throw new InputError(`"${name}" must be true or false`);
}
