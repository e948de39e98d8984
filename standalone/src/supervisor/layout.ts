import path from 'node:path';

/** Where the state of one machine lies; `root` is the repository's folder, `data` usually `<root>/.agentic`. */
export function createLayout(root: string, data: string) {
  const below = (...parts: string[]) => path.join(data, ...parts);
  return {
    root,
    data,
    lock: below('lock'),
    kubeconfig: below('kubeconfig'),
    s3Config: below('s3.json'),
    appConfig: below('app-config.generated.yaml'),
    credentials: below('credentials.json'),
    kubeData: below('kube'),
    s3Data: below('s3'),
    database: below('database'),
    /** Of versions that had no PostgreSQL for it. */
    oldData: { checkpoints: below('postgres'), portal: below('portal-db') },
    compileCache: below('compile-cache'),
    // Shared by all data folders: unpacking it takes 10 s and 200 MB.
    chromium: path.join(root, '.agentic', 'tools', 'chromium'),
    engineData: below('engine'),
    podLogs: below('pod-logs'),
    demoState: below('demo-site.json'),
    manifests: below('run', 'manifests'),
    policies: below('run', 'policies'),
    processes: below('run', 'processes.json'),
    lastPorts: below('run', 'ports.json'),
    accountConfig: (name: string) => below('run', `${name}.kubeconfig`),
    log: (name: string) => below('logs', `${name}.log`),
    /** @param home the folder of the package whose program it is */
    bundle: (home: string, name = 'main') =>
      path.join(root, home, 'dist', `${name}.mjs`),
  };
}
export type Layout = ReturnType<typeof createLayout>;
