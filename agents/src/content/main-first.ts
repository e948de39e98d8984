import type { Fact, PageContent } from '@agentworkloads/api';

/** Whether the fact's proof touches a stretch of the main content. What only markup says stands in none. */
function isInside(fact: Fact, content: PageContent): boolean {
  return (
    fact.source === 'text' &&
    fact.sourceSha256 === content.textSha256 &&
    content.parts.some(
      ({ start, end }) =>
        start !== undefined &&
        end !== undefined &&
        start < fact.end &&
        fact.start < end,
    )
  );
}

/**
 * The same facts, those of the main content first: what a model reads first, and what is left where there are too many. Of a page
 * whose main content is not known all count as inside.
 * @param contents by the page's URL
 */
export function mainFirst(
  facts: readonly Fact[],
  contents: ReadonlyMap<string, PageContent>,
): Fact[] {
  const inside = (fact: Fact) => {
    const content = contents.get(fact.url);
    return !content || isInside(fact, content);
  };
  return [...facts.filter(inside), ...facts.filter(fact => !inside(fact))];
}
