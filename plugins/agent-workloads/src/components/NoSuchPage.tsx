import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { rootRouteRef } from '../routes';
import { NotFoundState } from './states';

/** For an address of the plugin where nothing is. */
export function NoSuchPage() {
  const home = useRouteRef(rootRouteRef)?.();
  return (
    <Container>
      <NotFoundState home={home ?? '..'} />
    </Container>
  );
}
