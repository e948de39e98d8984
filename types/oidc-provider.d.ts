/** The part of the package, which comes without types, that is used. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  interface Context {
    oidc: {
      client: { clientId: string };
      session: { accountId: string };
      provider: {
        Grant: new (of: { clientId: string; accountId: string }) => Grant;
      };
    };
  }

  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        clients: {
          client_id: string;
          client_secret: string;
          redirect_uris: string[];
          grant_types: string[];
        }[];
        findAccount(
          context: Context,
          id: string,
        ): Promise<{ accountId: string; claims(): Promise<object> }>;
        [setting: string]: unknown;
      },
    );

    callback(): RequestListener;
  }
}
