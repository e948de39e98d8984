import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  askPassword,
  errorResponse,
  FrameReader,
  passwordOf,
  transactionState,
  type Frame,
} from './postgres-protocol';

/** The database's one session. */
export interface ProtocolTarget {
  /** Runs protocol messages and gives back the answer, errors in it included. */
  exec(messages: Uint8Array): Promise<Uint8Array>;
}

/** Hands the one session from connection to connection, in the order they asked. */
export class SessionLock {
  private tail: Promise<void> = Promise.resolve();

  /** @returns what gives it back */
  async take(): Promise<() => void> {
    let release = () => {};
    const mine = new Promise<void>(resolve => {
      release = resolve;
    });
    const before = this.tail;
    this.tail = before.then(() => mine);
    await before;
    return release;
  }
}

/** Simple query and Sync end a round; after Flush the client waits for what there is so far. */
const ENDS_ROUND = ['Q', 'S', 'F'];
const FLUSH = 'H';
const ROLLBACK = Buffer.from('Q\0\0\0\rROLLBACK\0', 'latin1');

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * One client's connection. All messages up to a Sync go to the database as one piece, and a
 * transaction keeps the session until its end: clients on one session share its unnamed statement,
 * so anything finer would mix their queries up.
 */
export class PostgresConnection {
  private readonly reader = new FrameReader();
  private readonly round: Buffer[] = [];
  private work: Promise<void> = Promise.resolve();
  private startup: Buffer | undefined;
  private ready = false;
  private release: (() => void) | undefined;
  private state: string | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly target: ProtocolTarget,
    private readonly lock: SessionLock,
    private readonly password: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', chunk => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.enqueue(() => this.leave()));
  }

  private receive(chunk: Buffer): void {
    try {
      for (const frame of this.reader.push(chunk)) {
        this.enqueue(() => this.handle(frame));
      }
    } catch {
      this.socket.destroy();
    }
  }

  private enqueue(task: () => Promise<void>): void {
    this.work = this.work.then(task).catch(() => {
      this.socket.destroy();
      return this.leave();
    });
  }

  private async handle(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'ssl-request':
        this.socket.write('N');
        return;
      case 'cancel-request':
        this.socket.end();
        return;
      case 'startup':
        this.startup = frame.bytes;
        this.socket.write(askPassword());
        return;
      default:
        await (this.ready
          ? this.query(frame.type, frame.bytes)
          : this.login(frame.type, frame.bytes));
    }
  }

  private async login(type: string, bytes: Buffer): Promise<void> {
    const right =
      type === 'p' &&
      timingSafeEqual(digest(passwordOf(bytes)), digest(this.password));
    if (!right || !this.startup) {
      this.socket.end(errorResponse('28P01', 'password authentication failed'));
      return;
    }
    this.ready = true;
    await this.run([this.startup], true);
  }

  private async query(type: string, bytes: Buffer): Promise<void> {
    if (type === 'X') {
      this.socket.end();
      return;
    }
    this.round.push(bytes);
    if (type === FLUSH || ENDS_ROUND.includes(type)) {
      await this.run(this.round.splice(0), type !== FLUSH);
    }
  }

  private async run(messages: Buffer[], endsRound: boolean): Promise<void> {
    this.release ??= await this.lock.take();
    if (this.socket.destroyed) {
      await this.leave();
      return;
    }
    const answer = await this.target.exec(Buffer.concat(messages));
    this.state = transactionState(answer) ?? this.state;
    this.socket.write(answer);
    if (endsRound && (this.state ?? 'I') === 'I') {
      this.give();
    }
  }

  private give(): void {
    this.release?.();
    this.release = undefined;
  }

  /** A client that is gone leaves no transaction behind. */
  private async leave(): Promise<void> {
    if (this.release) {
      try {
        await this.target.exec(ROLLBACK);
      } finally {
        this.give();
      }
    }
  }
}
