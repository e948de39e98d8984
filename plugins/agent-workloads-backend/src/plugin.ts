import {
  coreServices,
  createBackendPlugin,
  type AuthService,
  type DatabaseService,
  type DiscoveryService,
  type HttpRouterService,
  type LifecycleService,
  type LoggerService,
  type PermissionsRegistryService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  notificationService,
  type NotificationService,
} from '@backstage/plugin-notifications-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  agentWorkloadsPermissions,
  PLUGIN_ID,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  agentWorkloadsClustersServiceRef,
  type AgentWorkloadsClusters,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  checkAccounts,
  randomSuffix,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { systemClock } from '@agentworkloads/kube';
import { metrics as openTelemetry } from '@opentelemetry/api';
import { Router } from 'express';
import { registerActions } from './actions';
import { S3ArtifactStore, type ArtifactStore } from './artifacts/ArtifactStore';
import { ChangeNotifier } from './cache/ChangeNotifier';
import { RunStore } from './cache/RunStore';
import { ChangeLog, intakeOf } from './changes';
import { checksFrom } from './checks';
import type { HandlerContext } from './handlers/context';
import { migrated } from './migrated';
import {
  followWatches,
  portalMetrics,
  type PortalMetrics,
} from './metrics/portalMetrics';
import {
  catalogNames,
  NoticeLog,
  Notices,
  noticeSettings,
  noticesOf,
  mayBeNews,
  recipientsOf,
} from './notices';
import {
  agentWorkloadsRules,
  Authorizer,
  ClusterRights,
  fromResourceRef,
  People,
  workloadResourceRef,
  type WorkloadReader,
  type WorkloadResource,
} from './permissions';
import { createRouter } from './router';

const ofRuns = agentWorkloadsPermissions.filter(permission =>
  isResourcePermission(permission),
);
const basic = agentWorkloadsPermissions.filter(
  permission => !isResourcePermission(permission),
);

/** With who may read each: its rules can't ask the cluster themselves. One place after the other, for there may be many readers. */
async function resourcesOf(
  refs: readonly string[],
  store: Pick<RunStore, 'find'>,
  people: Pick<People, 'readersOf'>,
): Promise<(WorkloadResource | undefined)[]> {
  const resources = refs.map(text => {
    const ref = fromResourceRef(text);
    return ref && store.find(ref)?.resource;
  });
  const placeOf = ({ cluster, namespace }: WorkloadResource) =>
    `${cluster}/${namespace}`;
  const readers = new Map<string, WorkloadReader[]>();
  for (const resource of resources) {
    if (resource && !readers.has(placeOf(resource)))
      readers.set(placeOf(resource), await people.readersOf(resource));
  }
  return resources.map(
    resource =>
      resource && { ...resource, readers: readers.get(placeOf(resource)) },
  );
}

function registerPermissions(
  registry: PermissionsRegistryService,
  store: Pick<RunStore, 'find'>,
  people: Pick<People, 'readersOf'>,
): void {
  registry.addResourceType({
    resourceRef: workloadResourceRef,
    permissions: ofRuns,
    rules: Object.values(agentWorkloadsRules),
    getResources: refs => resourcesOf(refs, store, people),
  });
  registry.addPermissions(basic);
}

/**
 * @returns what keeps people from their work, by cluster: said on the pages, for it must not keep the portal from starting
 * @throws where an account would let people act as others
 */
async function checkedAccounts(
  clusters: AgentWorkloadsClusters,
  config: RootConfigService,
  logger: LoggerService,
): Promise<ReadonlyMap<string, string>> {
  const problems = await checkAccounts(clusters, config, sentence =>
    logger.warn(sentence),
  );
  const holes = problems.filter(({ isHole }) => isHole);
  if (holes.length > 0) {
    const sentences = holes.map(({ sentence }) => sentence).join('; ');
    throw new Error(`agentWorkloads.clusters: ${sentences}`);
  }
  const lacks = new Map<string, string>();
  for (const { cluster, sentence } of problems) {
    logger.error(`agentWorkloads.clusters: ${sentence}`);
    const before = lacks.get(cluster);
    lacks.set(cluster, before ? `${before}; ${sentence}` : sentence);
  }
  return lacks;
}

/** Every request is answered with what is wrong in the configuration. */
function serveFault(
  clusters: AgentWorkloadsClusters,
  deps: {
    httpRouter: HttpRouterService;
    logger: LoggerService;
    permissionsRegistry: PermissionsRegistryService;
  },
): void {
  deps.logger.error(`agentWorkloads: ${clusters.fault}`);
  const nobody = { readersOf: async () => [] };
  registerPermissions(
    deps.permissionsRegistry,
    { find: () => undefined },
    nobody,
  );
  const router = Router();
  router.use((_request, _response, next) => {
    try {
      clusters.assertUsable();
      next();
    } catch (error) {
      next(error);
    }
  });
  deps.httpRouter.use(router);
}

/** @returns what is there of the configuration; where something in it can't be used, `clusters.fault` says what */
function artifactsOf(
  clusters: AgentWorkloadsClusters,
  config: RootConfigService,
  metrics: Pick<PortalMetrics, 'counted'>,
): ArtifactStore | undefined {
  try {
    const store = S3ArtifactStore.fromConfig(config, Date.now);
    return store && metrics.counted(store);
  } catch (error) {
    clusters.fault ??= (error as Error).message;
    return undefined;
  }
}

/** Both in the plugin's database, whose tables are made first. */
async function logsOf(database: DatabaseService) {
  const db = await migrated(database);
  return { changes: new ChangeLog(db), log: new NoticeLog(db) };
}

/** Work begins when the backend is up, not while its plugins are put together. */
function live(
  lifecycle: LifecycleService,
  parts: readonly { start(): void }[],
  stop: () => Promise<void>,
): void {
  lifecycle.addStartupHook(() => parts.forEach(part => part.start()));
  lifecycle.addShutdownHook(stop);
}

function noticesFrom(
  deps: {
    auth: AuthService;
    clusters: AgentWorkloadsClusters;
    config: RootConfigService;
    discovery: DiscoveryService;
    logger: LoggerService;
    notifications: NotificationService;
    rights: ClusterRights;
  },
  store: RunStore,
  log: NoticeLog,
): Notices {
  const { clusters, config, logger, notifications } = deps;
  const { identity } = clusters;
  const written = noticeSettings(config, logger);
  return new Notices({
    log,
    names: catalogNames({ ...deps, identity }),
    recipients: recipientsOf({ ...deps, identity }),
    find: ref => {
      const run = store.find(ref);
      const telling = { identity, ...written, now: Date.now() };
      return run ? noticesOf(run.workload, run.item, telling) : [];
    },
    runs: () =>
      store
        .entries()
        .map(({ item }) => item)
        .filter(({ finishedAt }) => mayBeNews(finishedAt, Date.now())),
    notifications,
    logger,
    now: Date.now,
  });
}

/** Runs, gates, reports and changes of agent workloads. @public */
export const agentWorkloadsPlugin = createBackendPlugin({
  pluginId: PLUGIN_ID,
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        auditor: coreServices.auditor,
        clusters: agentWorkloadsClustersServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { clusters, lifecycle, logger, permissionsRegistry } = deps;
        const accounts = await checkedAccounts(clusters, deps.config, logger);
        const meter = openTelemetry.getMeter(PLUGIN_ID);
        const metrics = portalMetrics(meter, systemClock);
        const artifacts = artifactsOf(clusters, deps.config, metrics);
        if (clusters.fault !== undefined) {
          serveFault(clusters, deps);
          return;
        }
        const rights = new ClusterRights(clusters, Date.now);
        const people = new People(clusters.identity, deps.userInfo, rights);
        const notifier = new ChangeNotifier(deps.signals, logger, async ref =>
          (await people.readersOf(ref)).map(({ userRef }) => userRef).sort(),
        );
        const listeners = [(ref: RunRef) => notifier.notify(ref)];
        const store = new RunStore(
          clusters,
          logger,
          ref => listeners.forEach(changed => changed(ref)),
          { clock: systemClock, random: Math.random, metrics },
          accounts,
        );
        const { changes, log } = await logsOf(deps.database);
        const notices = noticesFrom({ ...deps, rights }, store, log);
        listeners.push(ref => notices.changed(ref));
        const intake = intakeOf({
          artifacts,
          log: changes,
          logger,
          tookIn: ref => notifier.notify(ref),
          store,
        });
        listeners.push(ref => intake.changed(store.find(ref)));
        registerPermissions(permissionsRegistry, store, people);
        const context: HandlerContext = {
          artifacts,
          auditor: deps.auditor,
          authorizer: new Authorizer(
            deps.permissions,
            permissionsRegistry.getPermissionRuleset(workloadResourceRef),
            people,
            rights,
            metrics.authorizing,
          ),
          changes,
          checks: checksFrom(deps.config, logger, clusters.list()),
          clusters,
          httpAuth: deps.httpAuth,
          isWaiting: entry => intake.isWaiting(entry),
          logger,
          now: Date.now,
          people,
          permissions: deps.permissions,
          randomSuffix,
          store,
          tell: ref => notifier.notify(ref),
          userInfo: deps.userInfo,
        };
        deps.httpRouter.use(createRouter(context));
        registerActions(deps.actionsRegistry, context);
        followWatches(meter, () => store.watches());
        live(
          lifecycle,
          [store, notices, ...(artifacts ? [intake] : [])],
          async () => {
            notifier.stop();
            store.stop();
            await Promise.all([notices.stop(), intake.stop()]);
          },
        );
      },
    });
  },
});
