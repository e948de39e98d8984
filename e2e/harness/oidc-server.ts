import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** The part of a company's identity provider that a portal meets, with a form for a name and any password. */
export class OidcServer {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    readonly clientId: string,
    readonly clientSecret: string,
  ) {}

  /**
   * Whoever types `alice` is alice@example.com; the name `unverified` has an address that nobody has verified.
   *
   * @param host - address of this machine on which browser and portal both find it
   * @param clientSecret - of the portal, whose id is `portal`
   */
  static async start(
    host: string,
    redirectUri: string,
    clientSecret = randomBytes(24).toString('hex'),
  ): Promise<OidcServer> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, host, resolve));
    const { port } = server.address() as AddressInfo;
    const issuer = `http://${host}:${port}`;
    const client = {
      client_id: 'portal',
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
    };
    const provider = new Provider(issuer, {
      clients: [client],
      claims: {
        openid: ['sub'],
        profile: ['name'],
        email: ['email', 'email_verified'],
      },
      pkce: { required: () => false },
      cookies: { keys: [randomBytes(24).toString('hex')] },
      // Its own refresh token for each sign-in, whether or not the portal asks for one.
      issueRefreshToken: async () => true,
      findAccount: async (_context, id) => ({
        accountId: id,
        claims: async () => ({
          sub: id,
          name: id[0].toUpperCase() + id.slice(1),
          email: `${id}@example.com`,
          email_verified: id !== 'unverified',
        }),
      }),
      // A company's own portal asks nobody whether it may know who they are.
      async loadExistingGrant({ oidc }: GrantContext) {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client.clientId,
          accountId: oidc.session.accountId,
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
    server.on('request', provider.callback());
    return new OidcServer(
      server,
      issuer,
      client.client_id,
      client.client_secret,
    );
  }

  get metadataUrl(): string {
    return `${this.issuer}/.well-known/openid-configuration`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

interface GrantContext {
  oidc: {
    client: { clientId: string };
    session: { accountId: string };
    provider: {
      Grant: new (of: { clientId: string; accountId: string }) => {
        addOIDCScope(scope: string): void;
        save(): Promise<string>;
      };
    };
  };
}
