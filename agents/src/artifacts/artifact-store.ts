/** What is known of a stored object. */
export interface ObjectHead {
  bytes: number;
  /** Hex sha256 that was given when it was put; absent on objects of others. */
  sha256?: string;
}

export interface PutOptions {
  contentType: string;
  /** Hex sha256 of the body, when it is known already. */
  sha256?: string;
}

export interface PutResult {
  key: string;
  sha256: string;
  bytes: number;
  /** False when an object with this very hash was there and nothing was sent. */
  written: boolean;
}

/**
 * Objects of one bucket. Every call has its own tries and a shared breaker inside; what still fails is a
 * RetryableError. Bodies are whole buffers: page bundles are small and a try must be able to send again.
 */
export interface ArtifactStore {
  /** Puts the object unless one with the same key and sha256 is there. */
  put(
    key: string,
    body: Uint8Array | string,
    options: PutOptions,
  ): Promise<PutResult>;
  /** The whole object, or undefined when there is none. At most 64 MiB. */
  get(key: string): Promise<Buffer | undefined>;
  head(key: string): Promise<ObjectHead | undefined>;
}
