const STORAGE_KEY = 'agent-workloads.sign-in-provider';

/** With which provider somebody signed in here last, so that a new page load goes on with it. */
export function rememberedProvider(
  storage: Pick<Storage, 'getItem'> = window.localStorage,
): string | undefined {
  return storage.getItem(STORAGE_KEY) ?? undefined;
}

export function rememberProvider(
  id: string | undefined,
  storage: Pick<Storage, 'setItem' | 'removeItem'> = window.localStorage,
): void {
  if (id) {
    storage.setItem(STORAGE_KEY, id);
  } else {
    storage.removeItem(STORAGE_KEY);
  }
}
