import { useEffect, useState } from 'react';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';

const NONE: ReadonlyMap<string, string> = new Map();

/** How the catalog calls these entities, by their references; one that it does not know is not there. */
export function useEntityTitles(
  refs: readonly string[] | undefined,
): ReadonlyMap<string, string> {
  const presentation = useApiHolder().get(entityPresentationApiRef);
  const [titles, setTitles] = useState(NONE);
  const wanted = JSON.stringify(refs ?? []);
  useEffect(() => {
    let gone = false;
    const asked = (JSON.parse(wanted) as string[]).map(async ref => {
      const found = await presentation?.forEntity(ref).promise;
      return [ref, found?.primaryTitle] as const;
    });
    void Promise.allSettled(asked).then(answers => {
      if (gone) return;
      const known = answers.flatMap(answer =>
        answer.status === 'fulfilled' && answer.value[1]
          ? [[answer.value[0], answer.value[1]] as const]
          : [],
      );
      setTitles(new Map(known));
    });
    return () => {
      gone = true;
    };
  }, [presentation, wanted]);
  return titles;
}
