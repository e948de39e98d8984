import type { Json } from '../json';
import type { KubeObject, PrinterColumn, ResourceDef } from '../model';
import { age } from './human';
import { evaluateJsonPath } from './json-path';
import { builtinColumns, type BuiltinColumn } from './table-columns';

type Column = { definition: PrinterColumn; cell: (o: KubeObject) => Json };

const NAME_DESCRIPTION =
  'Name must be unique within a namespace. Is required when creating resources.';

/** A meta.k8s.io Table, which `kubectl get` prints. */
export function tableOf(
  def: ResourceDef,
  objects: KubeObject[],
  options: {
    now: Date;
    version: string;
    includeObject: string | null;
    metadata: object;
    withColumns?: boolean;
  },
): object {
  const columns = columnsOf(def, options.now);
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${options.version}`,
    metadata: options.metadata,
    columnDefinitions:
      options.withColumns === false
        ? null
        : columns.map(({ definition }) => ({
            name: definition.name,
            type: definition.type,
            format: definition.format ?? '',
            description: definition.description ?? '',
            priority: definition.priority ?? 0,
          })),
    rows: objects.map(object => ({
      cells: columns.map(column => column.cell(object)),
      object: rowObject(object, options),
    })),
  };
}

function rowObject(
  object: KubeObject,
  options: { version: string; includeObject: string | null },
): unknown {
  if (options.includeObject === 'None') return null;
  if (options.includeObject === 'Object') return object;
  return partialMetadata(object, options.version);
}

export function partialMetadata(object: KubeObject, version: string): object {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: `meta.k8s.io/${version}`,
    metadata: object.metadata,
  };
}

function columnsOf(def: ResourceDef, now: Date): Column[] {
  const name: Column = {
    definition: {
      name: 'Name',
      type: 'string',
      format: 'name',
      description: NAME_DESCRIPTION,
      jsonPath: '',
    },
    cell: object => object.metadata.name,
  };
  const rest = def.custom
    ? customColumns(def.custom.columns, now)
    : builtinColumns(def).map(column => builtinColumn(column, now));
  return [name, ...rest];
}

function builtinColumn(column: BuiltinColumn, now: Date): Column {
  return {
    definition: {
      name: column.name,
      type: column.type ?? 'string',
      priority: column.priority ?? 0,
      jsonPath: '',
    },
    cell: object => column.cell(object, now),
  };
}

function customColumns(columns: PrinterColumn[], now: Date): Column[] {
  const shown: PrinterColumn[] = columns.length
    ? columns
    : [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }];
  return shown.map(definition => ({
    definition,
    cell: object => customCell(definition, object, now),
  }));
}

function customCell(
  column: PrinterColumn,
  object: KubeObject,
  now: Date,
): Json {
  const value = evaluateJsonPath(column.jsonPath, object);
  if (column.type === 'date') {
    return typeof value === 'string' ? age(value, now) : '<unknown>';
  }
  if (value === undefined || value === null) return null;
  if (column.type === 'integer' || column.type === 'number') {
    return typeof value === 'number' ? value : null;
  }
  if (column.type === 'boolean') {
    return typeof value === 'boolean' ? value : null;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
