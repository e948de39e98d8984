import type { KubeClient } from './types';

/** The same client, all of whose requests end with the signal. */
export function endingWith(
  client: KubeClient,
  signal: AbortSignal,
): KubeClient {
  return {
    get: (kind, namespace, name) => client.get(kind, namespace, name, signal),
    create: (kind, namespace, body) =>
      client.create(kind, namespace, body, signal),
    wouldCreate: (kind, namespace, body) =>
      client.wouldCreate(kind, namespace, body, signal),
    patch: (kind, namespace, name, patch) =>
      client.patch(kind, namespace, name, patch, signal),
    delete: (kind, namespace, name, only) =>
      client.delete(kind, namespace, name, only, signal),
  };
}

/** The same client, which answers a question that it was asked before as it did then: for the time of one pass. */
export function askingOnce(client: KubeClient): KubeClient {
  const answers = new Map<string, Promise<unknown>>();
  return {
    create: (...asked) => client.create(...asked),
    wouldCreate: (...asked) => client.wouldCreate(...asked),
    patch: (...asked) => client.patch(...asked),
    delete: (...asked) => client.delete(...asked),
    get: (kind, namespace, name, signal) => {
      const what = JSON.stringify([kind.group, kind.plural, namespace, name]);
      let answer = answers.get(what);
      if (!answer) {
        answers.set(what, (answer = client.get(kind, namespace, name, signal)));
      }
      return answer;
    },
  };
}
