import type { UserInfo } from '../auth/rbac';
import type { KubeObject, ResourceDef } from '../model';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/** What an admission policy judges. */
export interface AdmissionRequest {
  operation: Operation;
  def: ResourceDef;
  subresource?: string;
  namespace?: string;
  name: string;
  user: UserInfo;
  object?: KubeObject;
  oldObject?: KubeObject;
  dryRun: boolean;
  warn(text: string): void;
}
