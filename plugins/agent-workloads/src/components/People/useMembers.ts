import { useQuery } from '@tanstack/react-query';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';

const MOST = 50;

/**
 * Catalog references of people who are in one of these groups.
 * @returns undefined while that is not known, or can't be
 */
export function useMembers(groups: readonly string[]): string[] | undefined {
  const catalog = useApiHolder().get(catalogApiRef);
  const { data } = useQuery({
    queryKey: ['members', groups],
    queryFn: async () => {
      const { items } = await catalog!.getEntities({
        filter: { kind: 'User', 'relations.memberOf': [...groups] },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        order: { field: 'metadata.name', order: 'asc' },
        limit: MOST,
      });
      return items.map(entity => stringifyEntityRef(entity));
    },
    enabled: catalog !== undefined && groups.length > 0,
    staleTime: 60_000,
    retry: false,
  });
  return data?.length ? data : undefined;
}
