interface Entry {
  key: string;
  due: number;
}

/** Binary heap of keys by due time. A key that is pushed again keeps its earliest time. */
export class DelayHeap {
  private readonly entries: Entry[] = [];
  /** The time that counts for each key; older entries of it are skipped when they come up. */
  private readonly dueOf = new Map<string, number>();

  push(key: string, due: number): void {
    const known = this.dueOf.get(key);
    if (known !== undefined && known <= due) return;
    this.dueOf.set(key, due);
    this.entries.push({ key, due });
    this.up(this.entries.length - 1);
  }

  earliest(): number | undefined {
    this.dropSuperseded();
    return this.entries[0]?.due;
  }

  popDue(now: number): string[] {
    const keys: string[] = [];
    for (;;) {
      this.dropSuperseded();
      const first = this.entries[0];
      if (!first || first.due > now) return keys;
      keys.push(first.key);
      this.dueOf.delete(first.key);
      this.pop();
    }
  }

  private dropSuperseded(): void {
    let first = this.entries[0];
    while (first && this.dueOf.get(first.key) !== first.due) {
      this.pop();
      first = this.entries[0];
    }
  }

  private pop(): void {
    const last = this.entries.pop();
    if (last && this.entries.length > 0) {
      this.entries[0] = last;
      this.down(0);
    }
  }

  private dueAt(index: number): number {
    return this.entries[index]?.due ?? Infinity;
  }

  private swap(a: number, b: number): void {
    const [x, y] = [this.entries[a], this.entries[b]];
    if (x && y) {
      this.entries[a] = y;
      this.entries[b] = x;
    }
  }

  private up(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.dueAt(parent) <= this.dueAt(index)) return;
      this.swap(parent, index);
      index = parent;
    }
  }

  private down(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const smaller = this.dueAt(left + 1) < this.dueAt(left) ? left + 1 : left;
      if (this.dueAt(smaller) >= this.dueAt(index)) return;
      this.swap(smaller, index);
      index = smaller;
    }
  }
}
