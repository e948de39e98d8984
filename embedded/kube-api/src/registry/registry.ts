import { arrayAt, objectAt, stringAt, stringsAt } from '../json';
import type {
  KubeObject,
  PrinterColumn,
  ResourceDef,
  StructuralSchema,
} from '../model';
import { BUILTINS, REVIEWS } from './builtins';

const CUSTOM_VERBS = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];

/** What is served at this moment: the built-in kinds and the installed custom ones. */
export class Registry {
  private readonly byPath = new Map<string, ResourceDef>();
  private readonly byKind = new Map<string, ResourceDef>();
  private readonly customs = new Map<string, ResourceDef[]>();

  constructor() {
    for (const def of [...BUILTINS, ...REVIEWS]) this.add(def);
  }

  find(
    group: string,
    version: string,
    plural: string,
  ): ResourceDef | undefined {
    return this.byPath.get(pathOf({ group, version, plural }));
  }

  findKind(apiVersion: string, kind: string): ResourceDef | undefined {
    return this.byKind.get(`${apiVersion}/${kind}`);
  }

  serves(group: string, version: string): boolean {
    return this.all().some(
      def => def.group === group && def.version === version,
    );
  }

  /** Any served version of the objects under a storage key. */
  ofStorageKey(storageKey: string): ResourceDef | undefined {
    return this.all().find(def => def.storageKey === storageKey);
  }

  all(): ResourceDef[] {
    return [...this.byPath.values()];
  }

  groups(): Map<string, ResourceDef[]> {
    const groups = new Map<string, ResourceDef[]>();
    for (const def of this.all()) {
      const key = `${def.group}/${def.version}`;
      groups.set(key, [...(groups.get(key) ?? []), def]);
    }
    return groups;
  }

  install(crd: KubeObject): void {
    this.uninstall(crd.metadata.name);
    const defs = customResources(crd);
    this.customs.set(crd.metadata.name, defs);
    for (const def of defs) this.add(def);
  }

  uninstall(crdName: string): void {
    for (const def of this.customs.get(crdName) ?? []) {
      this.byPath.delete(pathOf(def));
      this.byKind.delete(kindKey(def));
    }
    this.customs.delete(crdName);
  }

  private add(def: ResourceDef): void {
    this.byPath.set(pathOf(def), def);
    this.byKind.set(kindKey(def), def);
  }
}

function pathOf(def: {
  group: string;
  version: string;
  plural: string;
}): string {
  return `${def.group}/${def.version}/${def.plural}`;
}

function kindKey(def: ResourceDef): string {
  const apiVersion = def.group ? `${def.group}/${def.version}` : def.version;
  return `${apiVersion}/${def.kind}`;
}

/** One resource for each served version of a definition that was validated before. */
export function customResources(crd: KubeObject): ResourceDef[] {
  const spec = objectAt(crd, 'spec');
  const names = objectAt(spec, 'names');
  const kind = stringAt(names, 'kind') ?? '';
  return arrayAt(spec, 'versions')
    .filter(version => objectAt({ version }, 'version').served === true)
    .map(version => ({
      group: stringAt(spec, 'group') ?? '',
      version: stringAt(version, 'name') ?? '',
      kind,
      listKind: stringAt(names, 'listKind') ?? `${kind}List`,
      plural: stringAt(names, 'plural') ?? '',
      singular: stringAt(names, 'singular') ?? kind.toLowerCase(),
      namespaced: stringAt(spec, 'scope') === 'Namespaced',
      shortNames: stringsAt(names, 'shortNames'),
      categories: stringsAt(names, 'categories'),
      verbs: CUSTOM_VERBS,
      subresources: objectAt(version, 'subresources').status ? ['status'] : [],
      storageKey: crd.metadata.name,
      custom: {
        schema: objectAt(
          version,
          'schema',
          'openAPIV3Schema',
        ) as StructuralSchema,
        hasStatus: Boolean(objectAt(version, 'subresources').status),
        columns: arrayAt(
          version,
          'additionalPrinterColumns',
        ) as unknown as PrinterColumn[],
        selectableFields: arrayAt(version, 'selectableFields').map(
          field => stringAt(field, 'jsonPath') ?? '',
        ),
        crdName: crd.metadata.name,
      },
    }));
}
