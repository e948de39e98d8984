/**
 * What is thrown has no stack: the scaffolder writes that into the log of the task, which people read. All that a run or a schedule is
 * refused for is a sentence.
 */
export async function inWords<Made>(make: () => Promise<Made>): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof Error) error.stack = error.message;
    throw error;
  }
}
