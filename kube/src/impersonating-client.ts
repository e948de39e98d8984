import type { Readable } from 'node:stream';
import type { HttpKubeClient } from './client';
import { apiStatus } from './errors';
import type {
  KubernetesObject,
  ListPage,
  ListWatch,
  Person,
  ResourceKind,
} from './types';

/** @public */
export interface WriteOptions {
  /** The person in whose name this is done. */
  as: Person;
  /** The API server checks everything and stores nothing. */
  dryRun?: boolean;
}

/** @public */
export interface ResourceAttributes {
  verb: string;
  group?: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

interface RulesStatus {
  incomplete?: boolean;
  resourceRules?: {
    verbs: string[];
    apiGroups?: string[];
    resources?: string[];
    resourceNames?: string[];
  }[];
}

const has = (list: string[] | undefined, value: string) =>
  list?.some(one => one === value || one === '*') ?? false;

/**
 * The client of an account that acts for people: it reads as itself, and nothing can be written without saying for
 * whom. Not to be had from it: a write in its own name.
 *
 * @public
 */
export class ImpersonatingClient {
  /** @internal */
  constructor(
    private readonly client: HttpKubeClient,
    private readonly connection: { close(): Promise<void> },
  ) {}

  async get(
    kind: ResourceKind,
    namespace: string,
    name: string,
  ): Promise<KubernetesObject> {
    return (await this.client.get(kind, namespace, name)) as KubernetesObject;
  }

  /** One page. */
  async list(
    kind: ResourceKind,
    {
      namespace = '',
      ...query
    }: {
      namespace?: string;
      labelSelector?: string;
      fieldSelector?: string;
      limit?: number;
    } = {},
  ): Promise<ListPage<KubernetesObject>> {
    const page = await this.client.list(kind, namespace, query);
    return page as ListPage<KubernetesObject>;
  }

  listWatch(
    kind: ResourceKind,
    namespace: string,
    labelSelector?: string,
  ): ListWatch<unknown> {
    return this.client.listWatch(kind, namespace, labelSelector);
  }

  async create(
    kind: ResourceKind,
    object: KubernetesObject,
    options: WriteOptions,
  ): Promise<KubernetesObject> {
    const { namespace = '' } = object.metadata;
    const made = await this.client.createIn(kind, namespace, object, options);
    return made as KubernetesObject;
  }

  /** JSON merge patch. */
  async patch(
    kind: ResourceKind,
    namespace: string,
    name: string,
    body: Record<string, unknown>,
    options: WriteOptions,
  ): Promise<KubernetesObject> {
    const patch = { type: 'merge' as const, body };
    return (await this.client.patchOf(
      kind,
      namespace,
      name,
      patch,
      options,
    )) as KubernetesObject;
  }

  /** What it owns goes with it, in the background. */
  async delete(
    kind: ResourceKind,
    namespace: string,
    name: string,
    { only, ...mode }: WriteOptions & { only: { uid?: string } },
  ): Promise<void> {
    await this.client.deleteOf(kind, namespace, name, only, mode);
  }

  /** The log of a pod as a stream; with `follow` it ends when the pod does. */
  podLog(
    namespace: string,
    pod: string,
    {
      signal,
      ...query
    }: {
      container: string;
      follow?: boolean;
      limitBytes?: number;
      signal?: AbortSignal;
    },
  ): Promise<Readable> {
    return this.client.podLog(namespace, pod, query, signal);
  }

  /**
   * Asks the API server what the account itself may do, or a person.
   * @returns undefined when this server can't be asked
   */
  async mayI(
    resourceAttributes: ResourceAttributes,
    as?: Person,
  ): Promise<boolean | undefined> {
    const review = await this.review<{ allowed?: boolean }>(
      'SelfSubjectAccessReview',
      { resourceAttributes },
      as,
    );
    return review && (review.status?.allowed ?? false);
  }

  /**
   * Whom the account may impersonate.
   * @returns `all`, or the names; undefined when this server can't be asked or does not know all its rules
   */
  async impersonates(): Promise<'all' | string[] | undefined> {
    const review = await this.review<RulesStatus>('SelfSubjectRulesReview', {
      namespace: 'default',
    });
    if (!review) return undefined;
    const rules = (review.status?.resourceRules ?? []).filter(
      rule =>
        has(rule.verbs, 'impersonate') &&
        has(rule.apiGroups, '') &&
        has(rule.resources, 'users'),
    );
    if (rules.some(rule => !rule.resourceNames?.length)) return 'all';
    const names = rules.flatMap(rule => rule.resourceNames ?? []);
    // Not every authorizer lists its rules; most clusters have one that does not.
    return review.status?.incomplete && names.length === 0 ? undefined : names;
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async review<Status>(
    kind: 'SelfSubjectAccessReview' | 'SelfSubjectRulesReview',
    spec: object,
    as?: Person,
  ): Promise<{ status?: Status } | undefined> {
    const apiVersion = 'authorization.k8s.io/v1';
    try {
      return (await this.client.call({
        method: 'POST',
        path: `/apis/${apiVersion}/${kind.toLowerCase()}s`,
        body: { apiVersion, kind, spec },
        as,
      })) as { status?: Status };
    } catch (error) {
      if (apiStatus(error) === 404) return undefined;
      throw error;
    }
  }
}
