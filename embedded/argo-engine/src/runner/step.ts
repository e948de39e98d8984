import path from 'node:path';
import type { Cluster } from '../cluster';
import { MAIN_CONTAINER, type Pod, type StepIo } from '../core/model';
import { openArtifactStore, type ArtifactStore } from './artifact-store';
import { attemptFolder, type AttemptFolder } from './attempt-process';
import { imageName, toHostPath, type ImageMap } from './images';
import { readStepIo } from './step-io';

/** Where the files of steps are. */
export interface StepPlaces {
  cluster: Cluster;
  images: ImageMap;
  dataDir: string;
  podLogsDir: string;
}

/** One attempt, as far as it is known before it starts. */
export interface Step {
  pod: Pod;
  io: StepIo;
  folder: AttemptFolder;
  /** Folder in the container -> folder here. */
  folders: Map<string, string>;
  hostPath(containerPath: string): string;
  openStore(): Promise<ArtifactStore>;
}

export function prepareStep(places: StepPlaces, pod: Pod): Step {
  const folder = attemptFolder(places.dataDir, pod.metadata.uid ?? '');
  const [container] = pod.spec.containers;
  const folders = new Map([
    ...Object.entries(places.images[imageName(container.image)] ?? {}),
    ...(container.volumeMounts ?? []).map(
      ({ mountPath, name }) => [mountPath, folder.volume(name)] as const,
    ),
  ]);
  return {
    pod,
    io: readStepIo(pod),
    folder,
    folders,
    hostPath: containerPath => {
      const found = toHostPath(containerPath, folders);
      if (!found) {
        throw new Error(`${containerPath} lies in no mount`);
      }
      return found;
    },
    openStore: once(() =>
      openArtifactStore(
        places.cluster,
        pod.metadata.namespace,
        readStepIo(pod).repository,
      ),
    ),
  };
}

/** Where the API looks for the log. */
export function logFile(places: StepPlaces, pod: Pod): string {
  return path.join(
    places.podLogsDir,
    pod.metadata.namespace,
    pod.metadata.name,
    `${MAIN_CONTAINER}.log`,
  );
}

/** What every step gets beside what its template says. */
export function defaultEnvironment(
  places: StepPlaces,
  step: Step,
): Record<string, string> {
  const work = step.folders.get('/work');
  const tmp = step.folders.get('/tmp');
  return {
    PATH: [path.dirname(process.execPath), '/usr/bin', '/bin'].join(
      path.delimiter,
    ),
    HOME: path.join(step.folder.root, 'home'),
    LANG: 'C.UTF-8',
    TERMINATION_LOG: step.folder.terminationLog,
    // The same bundle over and over: parsing it anew would cost each step a second.
    NODE_COMPILE_CACHE: path.join(places.dataDir, 'compile-cache'),
    ...(work ? { AGENTIC_WORK_DIR: work } : {}),
    ...(tmp ? { TMPDIR: tmp } : {}),
  };
}

/** Variables that hold just a mount's path mean that folder. */
export function mapMounts(
  environment: Record<string, string>,
  folders: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      folders.get(value) ?? value,
    ]),
  );
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
