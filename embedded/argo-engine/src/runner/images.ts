import path from 'node:path';
import type { Container } from '../spec/schema';
import { isBelow } from '../spec/validate';

/**
 * Images that can be run here, by name without tag: folders of the image -> folders of this
 * machine. The program `node` is this process's own Node; nothing else can be started.
 */
export type ImageMap = Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

/** `registry/name:tag@digest` without tag and digest. */
export function imageName(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

/** Why the container can't be run here, or undefined. */
export function imageProblem(
  images: ImageMap,
  container: Container,
): string | undefined {
  const name = imageName(container.image);
  if (!images[name]) {
    return `the standalone engine has no image "${name}" (it has: ${Object.keys(
      images,
    ).join(', ')})`;
  }
  const [program] = container.command;
  if (path.posix.basename(program) !== 'node') {
    return `the standalone engine can only start node, not "${program}"`;
  }
  return undefined;
}

/** A path of the container on this machine: in one of its mounts or in the image; else undefined. */
export function toHostPath(
  containerPath: string,
  folders: ReadonlyMap<string, string>,
): string | undefined {
  const longest = [...folders.keys()]
    .filter(folder => isBelow(containerPath, folder))
    .sort((a, b) => b.length - a.length)[0];
  return longest === undefined
    ? undefined
    : path.join(
        folders.get(longest) as string,
        path.posix.relative(longest, containerPath),
      );
}
