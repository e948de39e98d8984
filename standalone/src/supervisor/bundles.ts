import { access } from 'node:fs/promises';
import path from 'node:path';

/** @throws Error that names the first of these files that is not built */
export async function requireBundles(
  root: string,
  files: readonly string[],
): Promise<void> {
  for (const file of files) {
    await access(file).catch(() => {
      throw new Error(
        `${path.relative(
          root,
          file,
        )} is not built: run npm run build -- bundles`,
      );
    });
  }
}
