import { rm } from 'node:fs/promises';
import { writeFileWhole } from '@agentworkloads/processes';
import type { GrantedToken } from './accounts';

/** An hour: what a stolen file is good for, at most. */
export const SHORT_LIFETIME_S = 3_600;
const RETRY_MS = 30_000;
const LEAST_MS = 5_000;

export interface TokenKeeperOptions {
  /** For people. */
  title: string;
  file: string;
  request(): Promise<GrantedToken>;
  now(): number;
  say(line: string): void;
}

/** Half of what is left: time enough for many tries when the cluster is away. */
export function renewInMs(expiresAt: string, now: number): number {
  const left = Date.parse(expiresAt) - now;
  return Number.isFinite(left) ? Math.max(left / 2, LEAST_MS) : RETRY_MS;
}

/** Keeps a file with a short-lived token fresh for a part that reads it again when it changes. */
export class TokenKeeper {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private failed = false;

  constructor(private readonly options: TokenKeeperOptions) {}

  /** Writes the first token. @throws ApiError when none is given */
  async start(): Promise<void> {
    await this.renew();
  }

  /** Takes the file away too. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await rm(this.options.file, { force: true });
  }

  private async renew(): Promise<void> {
    const { token, expiresAt } = await this.options.request();
    if (this.stopped) return;
    await writeFileWhole(this.options.file, token);
    if (this.failed) {
      this.options.say(`• The token of ${this.options.title} is fresh again`);
      this.failed = false;
    }
    this.schedule(renewInMs(expiresAt, this.options.now()));
  }

  private schedule(inMs: number): void {
    this.timer = setTimeout(() => {
      this.renew().catch(error => {
        if (this.stopped) return;
        if (!this.failed) {
          this.options.say(
            `! The token of ${this.options.title} can't be renewed: ${
              (error as Error).message
            }; trying again every ${RETRY_MS / 1000} s`,
          );
        }
        this.failed = true;
        this.schedule(RETRY_MS);
      });
    }, inMs);
    this.timer.unref();
  }
}
