import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isObject, objectAt, stringAt, type JsonObject } from './json';
import type { ApiContext, WriteOptions } from './context';
import type { ResourceDef } from './model';
import { decodeObject } from './rest/decode';
import { mergePatch } from './rest/patch';
import { createObject, updateObject } from './rest/write';
import type { KubeObject } from './model';

const EXTENSIONS = ['.yaml', '.yml', '.json'];
/** What others lean on goes first. */
const ORDER = ['Namespace', 'CustomResourceDefinition', 'ServiceAccount'];

/** Manifests of files and folders (not of kustomizations), in the order in which they can be applied. */
export function readManifests(paths: string[]): JsonObject[] {
  const manifests = paths.flatMap(filesOf).flatMap(documentsOf);
  const rank = (object: JsonObject) => {
    const index = ORDER.indexOf(String(object.kind));
    return index < 0 ? ORDER.length : index;
  };
  return manifests.sort((a, b) => rank(a) - rank(b));
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return filesOf(child);
      const wanted =
        EXTENSIONS.includes(extname(entry.name)) &&
        !entry.name.startsWith('kustomization.');
      return wanted ? [child] : [];
    });
}

function documentsOf(file: string): JsonObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap(document => {
    if (document.errors.length) {
      throw new Error(`${file}: ${document.errors[0].message}`);
    }
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    if (!isObject(value) || !value.kind || !value.apiVersion) {
      throw new Error(`${file}: a document has no apiVersion or kind`);
    }
    return [value];
  });
}

/**
 * Creates each object, or merges the manifest into the present one.
 * @throws Error that names the object which can't be applied
 */
export function applyManifests(
  context: ApiContext,
  manifests: JsonObject[],
): void {
  for (const manifest of manifests) {
    try {
      applyManifest(context, manifest);
    } catch (error) {
      const { kind } = manifest;
      const name = stringAt(manifest, 'metadata', 'name');
      throw new Error(
        `bootstrap: ${kind} ${name} can't be applied: ${
          (error as Error).message
        }`,
        { cause: error },
      );
    }
  }
}

function applyManifest(context: ApiContext, manifest: JsonObject): void {
  const { apiVersion, kind } = manifest;
  const def = context.registry.findKind(String(apiVersion), String(kind));
  if (!def) throw new Error(`the kind ${kind} of ${apiVersion} is not served`);
  const name = stringAt(manifest, 'metadata', 'name') ?? '';
  const namespace = def.namespaced
    ? stringAt(manifest, 'metadata', 'namespace') ?? 'default'
    : undefined;
  const present = context.store.get(def.storageKey, namespace, name);
  if (present) mergeInto(context, def, { namespace, name }, manifest);
  else {
    const object = decodeObject(manifest, def, namespace);
    createObject(context, def, object, OPTIONS);
  }
}

/** Rules of a role and data of a config map are replaced, for a merge would keep what was taken out. */
const WHOLE = ['spec', 'rules', 'subjects', 'data'];

function mergeInto(
  context: ApiContext,
  def: ResourceDef,
  target: { namespace?: string; name: string },
  manifest: JsonObject,
): void {
  updateObject(
    context,
    def,
    target,
    current => {
      const next = mergePatch(current, manifest) as KubeObject;
      for (const key of WHOLE) {
        if (manifest[key] !== undefined && def.storageKey !== 'namespaces') {
          next[key] = manifest[key];
        }
      }
      next.metadata = { ...current.metadata, ...objectAt(next, 'metadata') };
      return next;
    },
    OPTIONS,
  );
}

const OPTIONS: WriteOptions = {
  user: {
    username: 'system:apiserver',
    groups: ['system:masters', 'system:authenticated'],
    extra: {},
  },
  dryRun: false,
  fieldValidation: 'Strict',
  warn: () => undefined,
};
