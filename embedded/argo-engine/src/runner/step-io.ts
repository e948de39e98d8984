import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { argumentsSchema, type Parameter } from '../spec/schema';
import {
  ANNOTATIONS,
  type ArtifactRepositoryRef,
  type Outputs,
  type Pod,
  type StepIo,
} from '../core/model';
import { writeRaw, type ArtifactStore } from './artifact-store';

const stepIoSchema = z.object({
  inputs: argumentsSchema.optional(),
  outputs: argumentsSchema.optional(),
  repository: z.custom<ArtifactRepositoryRef>().optional(),
});

export function readStepIo(pod: Pod): StepIo {
  return stepIoSchema.parse(
    JSON.parse(pod.metadata.annotations?.[ANNOTATIONS.template] ?? '{}'),
  );
}

type HostPath = (containerPath: string) => string;

/** Brings the input artifacts to their files. */
export async function fetchInputs(
  io: StepIo,
  hostPath: HostPath,
  openStore: () => Promise<ArtifactStore>,
): Promise<void> {
  for (const artifact of io.inputs?.artifacts ?? []) {
    const file = hostPath(artifact.path ?? '');
    if (artifact.raw) {
      await writeRaw(file, artifact.raw.data);
    } else if (artifact.s3) {
      const store = await openStore();
      try {
        await store.fetch(artifact.s3.key, file);
      } catch (error) {
        throw new Error(
          `artifact ${artifact.name} failed to load: ${
            (error as Error).message
          }`,
        );
      }
    }
  }
}

/** Argo keeps a parameter's last line break out of its value. */
async function readParameter(
  parameter: Parameter,
  hostPath: HostPath,
): Promise<Parameter> {
  const { path, default: fallback } = parameter.valueFrom ?? {};
  try {
    const text = await readFile(hostPath(path ?? ''), 'utf8');
    return { ...parameter, value: text.replace(/\n$/, '') };
  } catch (error) {
    if (fallback === undefined) {
      throw new Error(
        `parameter ${parameter.name}: ${path} can't be read: ${
          (error as NodeJS.ErrnoException).code ?? (error as Error).message
        }`,
      );
    }
    return { ...parameter, value: fallback };
  }
}

/** Reads the output parameters and saves the output artifacts. */
export async function saveOutputs(
  io: StepIo,
  hostPath: HostPath,
  openStore: () => Promise<ArtifactStore>,
): Promise<Outputs> {
  const outputs: Outputs = {};
  for (const parameter of io.outputs?.parameters ?? []) {
    outputs.parameters = [
      ...(outputs.parameters ?? []),
      await readParameter(parameter, hostPath),
    ];
  }
  for (const artifact of io.outputs?.artifacts ?? []) {
    const file = hostPath(artifact.path ?? '');
    if (!(await stat(file).catch(() => undefined))?.isFile()) {
      if (artifact.optional) continue;
      throw new Error(
        `artifact ${artifact.name}: the step left no file ${artifact.path}`,
      );
    }
    const store = await openStore();
    await store.save(artifact.s3?.key ?? '', file);
    outputs.artifacts = [...(outputs.artifacts ?? []), artifact];
  }
  return outputs;
}
