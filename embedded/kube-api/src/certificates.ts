import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface ServerCertificate {
  caPem: string;
  certPem: string;
  keyPem: string;
}

const ALGORITHM = {
  name: 'ECDSA',
  namedCurve: 'P-256',
  hash: 'SHA-256',
} as const;
const DAY = 86_400_000;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/**
 * The certificate of the server, made once and kept in the data folder; made
 * anew when it is about to end. The key of the authority is thrown away after
 * use, so nobody can sign with it.
 */
export async function ensureCertificate(
  dir: string,
  now: Date,
): Promise<ServerCertificate> {
  const files = {
    caPem: join(dir, 'ca.crt'),
    certPem: join(dir, 'server.crt'),
    keyPem: join(dir, 'server.key'),
  };
  if (Object.values(files).every(existsSync)) {
    const kept = {
      caPem: readFileSync(files.caPem, 'utf8'),
      certPem: readFileSync(files.certPem, 'utf8'),
      keyPem: readFileSync(files.keyPem, 'utf8'),
    };
    const end = new X509Certificate(kept.certPem).notAfter.getTime();
    if (end - now.getTime() > 30 * DAY) return kept;
  }
  const made = await makeCertificate(now);
  writeFileSync(files.caPem, made.caPem);
  writeFileSync(files.keyPem, made.keyPem, { mode: 0o600 });
  writeFileSync(files.certPem, made.certPem);
  return made;
}

async function makeCertificate(now: Date): Promise<ServerCertificate> {
  cryptoProvider.set(crypto);
  const validity = {
    notBefore: new Date(now.getTime() - DAY),
    notAfter: new Date(now.getTime() + 3650 * DAY),
  };
  const caKeys = await newKeys();
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=agentworkloads standalone',
    ...validity,
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(
        KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
        true,
      ),
      await SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=kube-api',
    issuer: ca.subject,
    ...validity,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([SERVER_AUTH]),
      new SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: 'kubernetes.default.svc' },
      ]),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    caPem: `${ca.toString('pem')}\n`,
    certPem: `${certificate.toString('pem')}\n`,
    keyPem: `${PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
  };
}

function newKeys() {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
