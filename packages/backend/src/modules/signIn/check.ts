import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { readSignIn } from './readSignIn';

/** Says what of the configuration would let nobody in, or everybody, and keeps the portal from starting with it. */
export const checkModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sign-in-check',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ config, logger }) {
        const { problems, warnings } = readSignIn(config, process.env.NODE_ENV);
        for (const sentence of warnings) logger.warn(sentence);
        if (problems.length > 0) {
          throw new Error(
            `Nobody could sign in as configured. ${problems.join(' ')}`,
          );
        }
      },
    });
  },
});
