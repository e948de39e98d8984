import { STEP_ORDER, STEP_TABLE, type StepOutput } from './steps';

/** By the ending of a file's name: of everything that a run keeps in the object storage. */
const BY_ENDING: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  png: 'image/png',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
};

/** For what nobody filed: a browser saves it and shows nothing of it. */
export const UNKNOWN_MEDIA_TYPE = 'application/octet-stream';

/** What a file of a run is, by its name or key alone: objects hold what other people's sites sent. */
export function mediaTypeOf(file: string): string {
  const ending = /\.([a-z]+)$/.exec(file)?.[1] ?? '';
  return Object.hasOwn(BY_ENDING, ending)
    ? BY_ENDING[ending]
    : UNKNOWN_MEDIA_TYPE;
}

const BY_ARTIFACT = new Map<string, string>(
  STEP_ORDER.flatMap(step =>
    Object.entries<StepOutput>(STEP_TABLE[step].outputs).map(
      ([name, { file }]) => [name, mediaTypeOf(file)] as const,
    ),
  ),
);

/** @returns what an artifact of the steps' table is, whatever its key; undefined for a name that is not in it */
export function artifactMediaType(name: string): string | undefined {
  return BY_ARTIFACT.get(name);
}
