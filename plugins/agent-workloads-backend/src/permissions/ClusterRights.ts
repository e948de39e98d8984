import { AGENT_WORKLOAD, GROUP } from '@agentworkloads/api';
import { isApiError, type ApiError } from '@agentworkloads/kube';
import {
  type AgentWorkloadsClusters,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { LRUCache } from 'lru-cache';
import { sideBySide } from '../sideBySide';

/** What the cluster is asked; without a namespace, about all of them. */
export interface ClusterQuestion {
  verb: 'get' | 'patch' | 'delete' | 'approve' | 'cancel';
  /** Plural of the kind; agentworkloads when absent. */
  resource?: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** A namespace of one cluster. */
export interface Place {
  cluster: string;
  namespace: string;
}

/** What a person may read of some places, found out beforehand so that a list can be filtered in one go. */
export interface Readable {
  has(place: Place): boolean;
  /** By cluster, why nothing of it can be shown to this person now. */
  problems: ReadonlyMap<string, string>;
}

interface Answer {
  allowed: boolean;
  at: number;
  problem?: string;
}

const FRESH_MS = 60_000;
/** While the cluster does not answer, its last word counts so long: nobody can change a right there meanwhile. */
const STALE_MS = 600_000;

/**
 * What the cluster itself lets people do, by SelfSubjectAccessReviews in their name. The portal's own account reads
 * every namespace, so without this everybody would see what one account may see. An answer is kept for a minute.
 */
export class ClusterRights {
  private readonly answers = new LRUCache<string, Answer>({ max: 50_000 });
  private readonly asking = new Map<string, Promise<Answer>>();

  constructor(
    private readonly clusters: Pick<AgentWorkloadsClusters, 'get'>,
    /** Milliseconds since the epoch. */
    private readonly now: () => number,
  ) {}

  /** @throws ApiError when the cluster can't be asked now and was not asked lately */
  async may(
    person: ImpersonatedPerson,
    cluster: string,
    question: ClusterQuestion,
  ): Promise<boolean> {
    return (await this.answer(person, cluster, question)).allowed;
  }

  /**
   * Where they may do this; unless told otherwise, whether they may `get` AgentWorkloads in these places. Never throws:
   * what can't be asked can't be read.
   */
  async readable(
    person: ImpersonatedPerson,
    places: Iterable<Place>,
    question: Pick<ClusterQuestion, 'verb' | 'resource'> = { verb: 'get' },
  ): Promise<Readable> {
    const namespaces = new Map<string, Set<string>>();
    for (const { cluster, namespace } of places) {
      const known = namespaces.get(cluster) ?? new Set<string>();
      namespaces.set(cluster, known.add(namespace));
    }
    const allowed = new Set<string>();
    const problems = new Map<string, string>();
    await Promise.all(
      [...namespaces].map(async ([cluster, inIt]) => {
        const ask = (namespace?: string) =>
          this.answer(person, cluster, { ...question, namespace });
        try {
          // One question is enough for whoever reads the whole cluster, and for one namespace.
          const all = inIt.size > 1 && (await ask()).allowed;
          await sideBySide([...inIt], async namespace => {
            const answer = all ? undefined : await ask(namespace);
            if (answer?.allowed ?? all) {
              allowed.add(`${cluster}/${namespace}`);
            } else if (answer?.problem) {
              problems.set(cluster, answer.problem);
            }
          });
        } catch (error) {
          problems.set(
            cluster,
            `it can't be asked what you may see: ${(error as Error).message}`,
          );
        }
      }),
    );
    return {
      has: ({ cluster, namespace }) => allowed.has(`${cluster}/${namespace}`),
      problems,
    };
  }

  private async answer(
    person: ImpersonatedPerson,
    cluster: string,
    question: ClusterQuestion,
  ): Promise<Answer> {
    const { verb, resource = AGENT_WORKLOAD.plural } = question;
    const { subresource = '', namespace = '', name = '' } = question;
    const key = JSON.stringify([
      cluster,
      person.username,
      [...person.groups].sort(),
      [verb, resource, subresource, namespace, name],
    ]);
    const known = this.answers.get(key);
    const age = known ? this.now() - known.at : Infinity;
    if (known && age < FRESH_MS) {
      return known;
    }
    const running =
      this.asking.get(key) ??
      this.ask(person, cluster, question).finally(() =>
        this.asking.delete(key),
      );
    this.asking.set(key, running);
    try {
      const answer = await running;
      this.answers.set(key, answer);
      return answer;
    } catch (error) {
      if (known && age < STALE_MS) {
        return known;
      }
      throw error;
    }
  }

  private async ask(
    person: ImpersonatedPerson,
    cluster: string,
    question: ClusterQuestion,
  ): Promise<Answer> {
    const at = this.now();
    try {
      const allowed = await this.clusters.get(cluster).client.mayI(
        {
          group: GROUP,
          resource: AGENT_WORKLOAD.plural,
          ...question,
        },
        person,
      );
      return { at, allowed: allowed ?? false };
    } catch (error) {
      if (isForbidden(error)) {
        return {
          at,
          allowed: false,
          problem: `the portal may not act as "${person.username}" there, so it can't tell what you may see; ask the cluster's administrators to add the name to the portal's list of people`,
        };
      }
      throw error;
    }
  }
}

function isForbidden(error: unknown): error is ApiError {
  return isApiError(error) && error.status === 403;
}
