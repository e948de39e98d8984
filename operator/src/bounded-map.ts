/** A map that forgets what was set longest ago, so that what is never deleted is no leak. */
export class BoundedMap<K, V> extends Map<K, V> {
  constructor(private readonly most: number) {
    super();
  }

  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.most) {
      const { value: oldest } = this.keys().next();
      this.delete(oldest as K);
    }
    return this;
  }
}
