import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isApiError,
  type Logger,
  type ResourceKind,
} from '@agentworkloads/kube';

/** Why a kind can't be read now, for people. */
export function problemOf(error: unknown, kind: ResourceKind): string {
  if (!isApiError(error)) {
    return error instanceof Error ? error.message : String(error);
  }
  return error.status === 404
    ? `the kind ${kind.plural}.${kind.group} is not installed`
    : error.said;
}

/** The reflector's lines as sentences of the portal; a failure that goes on is told once. */
export function watchLogger(logger: LoggerService, kind: ResourceKind): Logger {
  let told: string | undefined;
  const sentence = (fields: object) => {
    const { err } = fields as { err?: unknown };
    return err === undefined ? '' : `: ${problemOf(err, kind)}`;
  };
  return {
    debug: (fields, message) =>
      logger.debug(`${kind.plural}: ${message}${sentence(fields)}`),
    info: (fields, message) =>
      logger.info(`${kind.plural}: ${message}${sentence(fields)}`),
    warn: fields => {
      const said = `${kind.plural} can't be read now, trying again${sentence(
        fields,
      )}`;
      if (said !== told) {
        logger.warn(said);
      }
      told = said;
    },
    error: (fields, message) =>
      logger.error(`${kind.plural}: ${message}${sentence(fields)}`),
  };
}
