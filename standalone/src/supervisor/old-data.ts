import { existsSync } from 'node:fs';
import path from 'node:path';
import { readCredentials } from './credentials';
import type { Layout } from './layout';

/** Versions before this one kept that elsewhere; said once, for from then on there is a new place. */
export async function tellOfOldData(
  layout: Layout,
  say: (line: string) => void,
): Promise<void> {
  const { checkpoints, portal } = layout.oldData;
  const { portalPassword } = await readCredentials(layout.credentials);
  const old = [
    {
      what: 'checkpoints of runs',
      folder: checkpoints,
      isNew: !existsSync(layout.database),
    },
    {
      what: 'the portal’s notices and past tasks',
      folder: portal,
      isNew: portalPassword === undefined,
    },
  ];
  for (const { what, folder, isNew } of old) {
    if (!isNew || !existsSync(folder)) continue;
    say(
      `! What a version before this one kept of ${what} is not taken over. It stays in ${path.relative(
        layout.root,
        folder,
      )} until npm run reset`,
    );
  }
}
