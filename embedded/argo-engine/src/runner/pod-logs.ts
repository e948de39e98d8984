import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Pod } from '../core/model';

const keyOf = ({ metadata }: Pod) => `${metadata.namespace}/${metadata.name}`;

/** The folders of the Pods' logs; like a kubelet's each is there as long as its Pod. */
export class PodLogs {
  /** Name -> uid of the newest Pod: a later one of the same name has its log in the same place. */
  private readonly owners = new Map<string, string | undefined>();

  constructor(private readonly root: string) {}

  /** Removes what Pods left that went while nobody looked. */
  async recover(pods: readonly Pod[]): Promise<void> {
    pods.forEach(pod => this.keep(pod));
    for (const namespace of await readdir(this.root).catch(() => [])) {
      for (const name of await readdir(path.join(this.root, namespace))) {
        if (this.owners.has(`${namespace}/${name}`)) continue;
        await rm(path.join(this.root, namespace, name), {
          recursive: true,
          force: true,
        });
      }
    }
  }

  keep(pod: Pod): void {
    this.owners.set(keyOf(pod), pod.metadata.uid);
  }

  /** To be called once the Pod is gone and nothing of it writes any more. */
  remove(pod: Pod): void {
    const key = keyOf(pod);
    if (this.owners.get(key) !== pod.metadata.uid) return;
    this.owners.delete(key);
    // At once: between a look and a deed of its own a namesake might begin to write.
    rmSync(path.join(this.root, key), { recursive: true, force: true });
  }
}
