import type { AdmissionRequest } from './admission/types';
import type { Authenticator } from './auth/authenticate';
import type { RbacAuthorizer, UserInfo } from './auth/rbac';
import type { TokenSigner } from './auth/tokens';
import type { CelEngine } from './cel/engine';
import type { Registry } from './registry/registry';
import type { Store } from './store/store';

/** The parts that request handlers share. */
export interface ApiContext {
  store: Store;
  registry: Registry;
  authenticator: Authenticator;
  authorizer: RbacAuthorizer;
  signer: TokenSigner;
  cel: CelEngine;
  /** @throws ApiError when a policy refuses */
  admit(request: AdmissionRequest): void;
  now(): Date;
  newUid(): string;
  /** Five characters for generateName. */
  newSuffix(): string;
  podLogsDir?: string;
}

/** What a write must know of the request around it. */
export interface WriteOptions {
  user: UserInfo;
  dryRun: boolean;
  fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  /** Collects texts for `Warning` headers. */
  warn(text: string): void;
  subresource?: 'status';
}
