import { createRequire } from 'node:module';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { startSite } from './site';

const { DUMMY_ACCOUNT } = createRequire(import.meta.url)(
  '@20minutes/s3rver/lib/models/account',
) as {
  DUMMY_ACCOUNT: {
    createKeyPair(accessKey: string, secretKey: string): void;
    revokeAccessKey(accessKey: string): void;
  };
};

interface Session {
  accessKey: string;
  secretKey: string;
  token: string;
  endsAt: number;
}

export interface Sessions {
  /** What an S3 client is pointed at: passes on what is signed in a session that has not ended. */
  s3: string;
  /** Answers AssumeRoleWithWebIdentity, and GET /container as the address of a container's credentials. */
  issuer: string;
  issued: Session[];
  /** What the last web identity was, or the container's authorization. */
  shown: { identity?: string; role?: string | null };
  close(): Promise<void>;
}

const error = (response: ServerResponse, code: string) =>
  response
    .writeHead(400, { 'content-type': 'application/xml' })
    .end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const webIdentityAnswer = ({ accessKey, secretKey, token, endsAt }: Session) =>
  `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/agents/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
<Credentials><AccessKeyId>${accessKey}</AccessKeyId><SecretAccessKey>${secretKey}</SecretAccessKey>
<SessionToken>${token}</SessionToken><Expiration>${new Date(
    endsAt,
  ).toISOString()}</Expiration></Credentials>
</AssumeRoleWithWebIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleWithWebIdentityResponse>`;

/** An STS, a container's credentials, and the door of an S3 server that opens for their sessions only. */
export async function startSessions(
  behind: string,
  lastsMs: number,
): Promise<Sessions> {
  const issued: Session[] = [];
  const shown: Sessions['shown'] = {};
  const next = (): Session => {
    const session = {
      accessKey: `SESSIONKEY${issued.length}`,
      secretKey: `session-secret-${issued.length}`,
      token: `session-token-${issued.length}`,
      // To the second, as the answers are read.
      endsAt: Math.floor((Date.now() + lastsMs) / 1000) * 1000,
    };
    DUMMY_ACCOUNT.createKeyPair(session.accessKey, session.secretKey);
    issued.push(session);
    return session;
  };
  const issuer = await startSite(async (incoming, response) => {
    if (incoming.url === '/container') {
      shown.identity = incoming.headers.authorization;
      const { accessKey, secretKey, token, endsAt } = next();
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          AccessKeyId: accessKey,
          SecretAccessKey: secretKey,
          Token: token,
          Expiration: new Date(endsAt).toISOString(),
        }),
      );
      return;
    }
    const asked = new URLSearchParams(await bodyOf(incoming));
    shown.identity = asked.get('WebIdentityToken') ?? undefined;
    shown.role = asked.get('RoleArn');
    response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(webIdentityAnswer(next()));
  });
  const door = await startSite((incoming, response) => {
    const token = incoming.headers['x-amz-security-token'];
    const session = issued.find(one => one.token === token);
    if (!session) return void error(response, 'InvalidToken');
    if (Date.now() >= session.endsAt)
      return void error(response, 'ExpiredToken');
    const passed = request(
      new URL(incoming.url ?? '/', behind),
      { method: incoming.method, headers: incoming.headers },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    incoming.pipe(passed);
  });
  return {
    s3: door.origin,
    issuer: issuer.origin,
    issued,
    shown,
    async close() {
      for (const { accessKey } of issued)
        DUMMY_ACCOUNT.revokeAccessKey(accessKey);
      await Promise.all([door.close(), issuer.close()]);
    },
  };
}
