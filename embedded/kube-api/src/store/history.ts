import type { KubeObject } from '../model';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface Change {
  type: ChangeType;
  storageKey: string;
  version: number;
  object: KubeObject;
  json: string;
  /** The object before this change; selectors need it to see an object leave. */
  previous?: KubeObject;
}

/** The newest changes of one kind, for watches that resume; bounded in count and size. */
export class History {
  private changes: Change[] = [];
  private bytes = 0;

  constructor(
    private floor: number,
    private readonly maxChanges = 20_000,
    private readonly maxBytes = 48 * 1024 * 1024,
  ) {}

  add(change: Change): void {
    this.changes.push(change);
    this.bytes += change.json.length;
    if (
      this.changes.length > this.maxChanges ||
      (this.bytes > this.maxBytes && this.changes.length > 100)
    ) {
      this.dropOldest();
    }
  }

  /** Changes after a version, or undefined if some of them are no longer known. */
  since(version: number): Change[] | undefined {
    if (version < this.floor) return undefined;
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.changes[middle].version <= version) low = middle + 1;
      else high = middle;
    }
    return this.changes.slice(low);
  }

  oldest(): number {
    return this.floor;
  }

  /** A quarter at once: shifting one at a time would cost a copy for each write. */
  private dropOldest(): void {
    const dropped = this.changes.splice(0, Math.ceil(this.changes.length / 4));
    for (const change of dropped) this.bytes -= change.json.length;
    this.floor = dropped[dropped.length - 1].version;
  }
}
