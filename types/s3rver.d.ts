/** The part of the package, which comes without types, that is used. */
declare module '@20minutes/s3rver' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { AddressInfo } from 'node:net';

  export default class S3rver {
    constructor(options: {
      address?: string;
      port?: number;
      directory: string;
      silent?: boolean;
      vhostBuckets?: boolean;
      configureBuckets?: { name: string; configs?: string[] }[];
    });

    run(): Promise<AddressInfo>;

    close(): Promise<void>;

    configureBuckets(): Promise<unknown>;

    callback(): (
      request: IncomingMessage,
      response: ServerResponse,
    ) => Promise<void>;
  }
}
