import { KINDS, type Cluster } from '../cluster';
import type { Pod, PodContainer } from '../core/model';
import type { EnvVar } from '../spec/schema';

/** The container can't start yet: what it refers to is not there. Retried, as a kubelet does. */
export class ConfigError extends Error {
  readonly name = 'ConfigError';
}

type Data = Record<string, string>;

/** Reads each ConfigMap and Secret once; values of a Secret come decoded. */
function createReader(cluster: Cluster, namespace: string) {
  const seen = new Map<string, Promise<Data | undefined>>();
  return (kind: 'configMaps' | 'secrets', name: string) => {
    const key = `${kind}/${name}`;
    let data = seen.get(key);
    if (!data) {
      data = cluster.find(KINDS[kind], namespace, name).then(object => {
        const raw = (object as { data?: Data } | undefined)?.data;
        if (!object) return undefined;
        return kind === 'configMaps'
          ? raw ?? {}
          : Object.fromEntries(
              Object.entries(raw ?? {}).map(([one, value]) => [
                one,
                Buffer.from(value, 'base64').toString('utf8'),
              ]),
            );
      });
      seen.set(key, data);
    }
    return data;
  };
}

type Reader = ReturnType<typeof createReader>;

async function keyValue(
  read: Reader,
  kind: 'configMaps' | 'secrets',
  ref: { name: string; key: string; optional?: boolean },
): Promise<string | undefined> {
  const data = await read(kind, ref.name);
  const what = kind === 'secrets' ? 'secret' : 'configmap';
  if (!data && !ref.optional) {
    throw new ConfigError(`${what} "${ref.name}" not found`);
  }
  const value = data?.[ref.key];
  if (value === undefined && !ref.optional) {
    throw new ConfigError(
      `couldn't find key ${ref.key} in ${what} ${ref.name}`,
    );
  }
  return value;
}

async function valueOf(
  read: Reader,
  pod: Pod,
  variable: EnvVar,
): Promise<string | undefined> {
  const from = variable.valueFrom;
  if (from?.configMapKeyRef) {
    return keyValue(read, 'configMaps', from.configMapKeyRef);
  }
  if (from?.secretKeyRef) {
    return keyValue(read, 'secrets', from.secretKeyRef);
  }
  switch (from?.fieldRef?.fieldPath) {
    case 'metadata.name':
      return pod.metadata.name;
    case 'metadata.namespace':
      return pod.metadata.namespace;
    case 'metadata.uid':
      return pod.metadata.uid;
    default:
      return variable.value ?? '';
  }
}

/**
 * The container's environment, nothing of the engine's own. `$(NAME)` is not expanded.
 *
 * @throws ConfigError when a ConfigMap, Secret or key is missing that is not optional
 */
export async function resolveEnvironment(
  cluster: Cluster,
  pod: Pod,
  container: PodContainer,
): Promise<Data> {
  const read = createReader(cluster, pod.metadata.namespace);
  const environment: Data = {};
  for (const source of container.envFrom ?? []) {
    for (const [kind, ref] of [
      ['configMaps', source.configMapRef],
      ['secrets', source.secretRef],
    ] as const) {
      if (!ref) continue;
      const data = await read(kind, ref.name);
      if (!data && !ref.optional) {
        throw new ConfigError(
          `${kind === 'secrets' ? 'secret' : 'configmap'} "${
            ref.name
          }" not found`,
        );
      }
      for (const [key, value] of Object.entries(data ?? {})) {
        environment[`${source.prefix ?? ''}${key}`] = value;
      }
    }
  }
  for (const variable of container.env ?? []) {
    const value = await valueOf(read, pod, variable);
    if (value !== undefined) environment[variable.name] = value;
  }
  return environment;
}
