import { z } from 'zod';
import { writeKubeconfig } from './kubeconfig';
import { startKubeApi } from './start';

/** One path a line; or, in a single line, commas between them. */
const list = z
  .string()
  .default('')
  .transform(text =>
    text.split(text.includes('\n') ? '\n' : ',').filter(Boolean),
  );

const environment = z.object({
  KUBE_API_DATA_DIR: z.string().min(1),
  KUBE_API_LISTEN: z.string().default('127.0.0.1:0'),
  KUBE_API_BOOTSTRAP_DIRS: list,
  KUBE_API_KUBECONFIG: z.string().optional(),
  KUBE_API_ALLOW_HOSTS: list,
  POD_LOGS_DIR: z.string().optional(),
});

/** Files and folders given as arguments are applied after those of the environment. */
async function main(): Promise<void> {
  const env = environment.safeParse(process.env);
  if (!env.success) {
    throw new Error(
      `the environment is not complete: ${z.prettifyError(env.error)}`,
    );
  }
  const settings = env.data;
  const api = await startKubeApi({
    dataDir: settings.KUBE_API_DATA_DIR,
    listen: settings.KUBE_API_LISTEN,
    allowHosts: settings.KUBE_API_ALLOW_HOSTS,
    bootstrap: [
      ...settings.KUBE_API_BOOTSTRAP_DIRS,
      ...process.argv.slice(2).filter(argument => !argument.startsWith('-')),
    ],
    ...(settings.POD_LOGS_DIR ? { podLogsDir: settings.POD_LOGS_DIR } : {}),
    onError: error => console.error('kube-api:', error),
  });
  if (settings.KUBE_API_KUBECONFIG) {
    writeKubeconfig(settings.KUBE_API_KUBECONFIG, {
      url: api.url,
      caPem: api.caPem,
      token: api.adminToken,
    });
  }
  process.stdout.write(`${JSON.stringify({ ready: true, url: api.url })}\n`);
  const stop = () => {
    api.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: Error) => {
  process.stderr.write(`kube-api: ${error.message}\n`);
  process.exitCode = 1;
});
