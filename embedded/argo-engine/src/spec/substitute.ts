/** Values for `{{name}}`; `undefined` for a name that is known but has no value. */
export type Scope = ReadonlyMap<string, string>;

const TAG = /\{\{([^{}]*)\}\}/g;

/** Every `{{name}}` in `value`, at any depth, without the braces. */
export function tagsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(TAG)].map(match => match[1].trim());
  }
  if (Array.isArray(value)) {
    return value.flatMap(tagsIn);
  }
  if (value && typeof value === 'object') {
    return Object.values(value).flatMap(tagsIn);
  }
  return [];
}

/** Replaces the tags that `scope` knows, at any depth, and leaves the others as they stand. */
export function substitute<T>(value: T, scope: Scope): T {
  return replace(value, scope) as T;
}

function replace(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    return value.replace(TAG, (tag, name: string) => {
      return scope.get(name.trim()) ?? tag;
    });
  }
  if (Array.isArray(value)) {
    return value.map(entry => replace(entry, scope));
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, replace(entry, scope)]),
    );
  }
  return value;
}

/**
 * True when no tag of a *dependency* is left. Argo waits for those (the value may still come),
 * while any other unknown tag was refused before the Workflow began.
 */
export function dependenciesResolved(value: unknown): boolean {
  return !tagsIn(value).some(tag => tag.startsWith('tasks.'));
}
