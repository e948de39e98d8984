import type { IncomingMessage } from 'node:http';
import { badRequest, fieldError, invalid } from '../errors';
import type { WriteOptions } from '../context';
import type { UserInfo } from '../auth/rbac';

const VALIDATIONS = ['Strict', 'Warn', 'Ignore'] as const;

/** The query of a write. @throws ApiError 422 for values that do not exist */
export function writeOptions(
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions',
  query: URLSearchParams,
  user: UserInfo,
  warnings: string[],
): WriteOptions {
  const dryRun = query.getAll('dryRun').filter(Boolean);
  const options = { group: 'meta.k8s.io', kind };
  if (dryRun.some(value => value !== 'All')) {
    throw invalid(options, '', [
      fieldError.notSupported('dryRun', dryRun, ['All']),
    ]);
  }
  const validation = query.get('fieldValidation') || 'Warn';
  const fieldValidation = VALIDATIONS.find(item => item === validation);
  if (!fieldValidation) {
    throw invalid(options, '', [
      fieldError.notSupported('fieldValidation', validation, [
        'Ignore',
        'Strict',
        'Warn',
      ]),
    ]);
  }
  return {
    user,
    dryRun: dryRun.length > 0,
    fieldValidation,
    warn: text => warnings.push(text),
  };
}

/** Bodies of a delete are optional. */
export function requireEmptyUpgrade(req: IncomingMessage): void {
  if (req.headers.upgrade) {
    throw badRequest(
      'connection upgrades (exec, attach, port-forward, WebSocket) are not supported by the embedded API server',
    );
  }
}
