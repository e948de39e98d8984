/** What the server is told at each start: it serves one person, on loopback, and takes as little memory as that needs. */
export interface ServerSettings {
  host: string;
  port: number;
  /** False: a power cut may spoil the data. For tests. */
  durable: boolean;
}

export function serverArguments(settings: ServerSettings): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: settings.host,
    port: settings.port,
    // A path to a socket may be too long for it.
    unix_socket_directories: '',
    // Several a plugin of the portal, one a step.
    max_connections: 100,
    shared_buffers: '16MB',
    max_wal_size: '128MB',
    min_wal_size: '32MB',
    // In files: /dev/shm may be missing, or 64 MB as in a container.
    dynamic_shared_memory_type: 'mmap',
    huge_pages: 'off',
    jit: 'off',
    // Processes that nobody needs here.
    io_method: 'sync',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(settings.durable
      ? {}
      : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}
