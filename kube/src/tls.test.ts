import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resolveAccess } from './access';
import { HttpKubeClient } from './client';
import { connect } from './connection';
import { FakeApiServer } from './testing/fake-api-server';

const PODS = { group: '', version: 'v1', plural: 'pods' };

/** A certificate for 127.0.0.1 that signs itself. */
async function selfSigned(): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await crypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as never as Parameters<
    typeof X509CertificateGenerator.createSelfSigned
  >[0]['keys'] & { privateKey: CryptoKey };
  const cert = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=fake',
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 3_600_000),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(true),
        new SubjectAlternativeNameExtension([
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
    },
    crypto as never,
  );
  const pkcs8 = Buffer.from(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
  ).toString('base64');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    cert: cert.toString('pem'),
  };
}

describe('TLS', () => {
  let api: FakeApiServer;
  let server: string;
  let tls: { key: string; cert: string };

  beforeAll(async () => {
    tls = await selfSigned();
    api = new FakeApiServer();
    server = await api.start({ tls });
  });

  afterAll(() => api.stop());

  async function list(options: { ca?: string; skipTLSVerify?: boolean }) {
    const connection = connect(
      resolveAccess(
        {
          kind: 'url',
          url: server,
          token: 'token',
          caData: options.ca && Buffer.from(options.ca).toString('base64'),
          skipTLSVerify: options.skipTLSVerify ?? false,
        },
        { programs: 'refuse' },
      ),
    );
    try {
      const client = new HttpKubeClient(connection, { name: 'tester' });
      return await client.list(PODS, '', {});
    } finally {
      await connection.close();
    }
  }

  it("trusts the cluster's own authority", async () => {
    await expect(list({ ca: tls.cert })).resolves.toMatchObject({ items: [] });
  });

  it('sends no token to a server that nobody vouches for', async () => {
    api.requests.length = 0;
    await expect(list({})).rejects.toMatchObject({
      status: 0,
      said: expect.stringMatching(/SELF_SIGNED/),
    });
    const other = await selfSigned();
    await expect(list({ ca: other.cert })).rejects.toMatchObject({ status: 0 });
    expect(api.requests).toEqual([]);
  });

  it('takes any certificate only when told to', async () => {
    await expect(list({ skipTLSVerify: true })).resolves.toBeDefined();
  });
});
