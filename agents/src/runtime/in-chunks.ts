/** Side by side, for each is a wait of its own; not all at once, for each holds what it read. */
const AT_A_TIME = 8;

/** @returns the answers in the order of the items. @throws what the first to fail throws; what comes after its chunk is not begun */
export async function inChunks<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < items.length; at += AT_A_TIME)
    answers.push(
      ...(await Promise.all(items.slice(at, at + AT_A_TIME).map(ask))),
    );
  return answers;
}
