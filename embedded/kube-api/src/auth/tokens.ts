import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const claimsSchema = z.object({
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
  aud: z.array(z.string()),
  namespace: z.string(),
  serviceAccount: z.object({ name: z.string(), uid: z.string() }),
  pod: z.object({ name: z.string(), uid: z.string() }).optional(),
});
export type TokenClaims = z.infer<typeof claimsSchema>;

export const DEFAULT_AUDIENCE = 'https://kubernetes.default.svc.cluster.local';

/** Makes and checks the tokens of service accounts: signed, with an end, bound to uids. */
export class TokenSigner {
  constructor(
    private readonly key: Buffer,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @param lifetime in seconds */
  issue(
    claims: Omit<TokenClaims, 'jti' | 'iat' | 'exp'>,
    lifetime: number,
  ): { token: string; expires: Date } {
    const issued = Math.floor(this.now().getTime() / 1000);
    const full: TokenClaims = {
      ...claims,
      jti: randomUUID(),
      iat: issued,
      exp: issued + lifetime,
    };
    const payload = Buffer.from(JSON.stringify(full)).toString('base64url');
    return {
      token: `sa.${payload}.${this.sign(payload)}`,
      expires: new Date(full.exp * 1000),
    };
  }

  /** The claims of a genuine token that has not run out, else undefined. */
  verify(token: string): TokenClaims | undefined {
    const [prefix, payload, signature, ...rest] = token.split('.');
    if (prefix !== 'sa' || !payload || !signature || rest.length) {
      return undefined;
    }
    if (!sameText(signature, this.sign(payload))) return undefined;
    const claims = claimsSchema.safeParse(
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
    );
    if (!claims.success) return undefined;
    const ended = claims.data.exp * 1000 <= this.now().getTime();
    return ended ? undefined : claims.data;
  }

  private sign(payload: string): string {
    return createHmac('sha256', this.key).update(payload).digest('base64url');
  }
}

/** Compares without telling by time how much was right. */
export function sameText(a: string, b: string): boolean {
  const left = createHmac('sha256', 'compare').update(a).digest();
  const right = createHmac('sha256', 'compare').update(b).digest();
  return timingSafeEqual(left, right);
}
