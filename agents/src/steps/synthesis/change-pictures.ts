import {
  cutPair,
  isShown,
  spotOf,
  type Change,
  type Cut,
  type CutOrMissing,
  type CutPair,
  type Report,
} from '@agentworkloads/api';
import type { PicturePair, Pictured } from '../../report/html-changes';
import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { filesOfRuns } from '../dom/baseline';
import { FileAltered, sha256 } from '../dom/page-facts';
import { pieces } from '../screenshot/images';
import { approvedPicture } from './approved-picture';
import type { Inputs } from './inputs';
import { runBefore } from './prove-changes';

/** Pairs of pictures for the changes of prices and plans, cut out of what both runs saved. */

/** A report with more changes of prices than that is read by its sentences. */
const MAX_PAIRS = 40;
const MAX_BYTES_ALL = 2 * 1024 * 1024;

type Side = 'before' | 'after';
interface Wanted {
  index: number;
  side: Side;
  cut: Cut;
}
type Made = Map<string, Pictured>;
const nameOf = ({ index, side }: Pick<Wanted, 'index' | 'side'>) =>
  `${side} ${index}`;

function byShot(wanted: readonly Wanted[]): Wanted[][] {
  const shots = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const key = `${each.side} ${each.cut.shot.key} ${each.cut.shot.sha256}`;
    shots.set(key, [...(shots.get(key) ?? []), each]);
  }
  return [...shots.values()];
}

const GONE = 'The screenshot is no longer in object storage.';

/** The screenshot, proven. @returns why there is none. @throws PermanentError for one of this run that was not approved */
async function readShot(
  { cut: { shot }, side }: Wanted,
  deps: Pick<StepDeps, 'store'>,
): Promise<Buffer | string> {
  if (side === 'after') return (await approvedPicture(shot, deps)) ?? GONE;
  try {
    const body = await filesOfRuns(deps.store).get(shot.key);
    if (!body) return GONE;
    return sha256(body) === shot.sha256
      ? body
      : 'The screenshot does not have the hash that was recorded of it.';
  } catch (error) {
    if (error instanceof FileAltered)
      return 'The screenshot is not among the runs’ objects.';
    throw error;
  }
}

async function cutOut(group: readonly Wanted[], deps: StepDeps): Promise<Made> {
  const [{ cut }] = group;
  const missing = (why: string): Made =>
    new Map(group.map(each => [nameOf(each), { missing: why }]));
  const body = await readShot(group[0], deps);
  if (typeof body === 'string') return missing(body);
  try {
    const made = await pieces(
      body,
      cut.shot,
      group.map(each => each.cut.area),
    );
    return new Map(
      group.map((each, at) => [
        nameOf(each),
        {
          uri: `data:image/webp;base64,${made[at].toString('base64')}`,
          ...each.cut,
        },
      ]),
    );
  } catch (error) {
    deps.logger.warn(
      { key: cut.shot.key, error: describeError(error) },
      'a screenshot could not be cut',
    );
    return missing('The screenshot can’t be read.');
  }
}

/** In the order of the changes, so that the first ones have their pictures where there is not room for all. */
function withinBounds(
  pairs: Map<number, PicturePair>,
): Map<number, PicturePair> {
  let room = MAX_BYTES_ALL;
  return new Map(
    [...pairs].map(([index, { before, after }]) => {
      const fit = (picture: Pictured | undefined): Pictured | undefined => {
        if (!picture || 'missing' in picture) return picture;
        room -= picture.uri.length;
        return room < 0
          ? { missing: 'This report has no room for more pictures.' }
          : picture;
      };
      return [index, pairOf(fit(before), fit(after))];
    }),
  );
}

const pairOf = (
  before: Pictured | undefined,
  after: Pictured | undefined,
): PicturePair => ({ ...(before && { before }), ...(after && { after }) });

/** Which changes are pictured, with the parts to cut out. */
async function plan(
  changes: readonly Change[],
  { changes: file, manifest }: Pick<Inputs, 'changes' | 'manifest'>,
  deps: StepDeps,
): Promise<Map<number, CutPair>> {
  const shown = [...changes.entries()]
    .filter(([, change]) => isShown(change))
    .slice(0, MAX_PAIRS);
  if (!file || shown.length === 0) return new Map();
  const asksBefore = shown.some(([, { was }]) => was);
  const before = asksBefore ? await runBefore(file, deps) : undefined;
  return new Map(
    shown.map(([index, { was, is }]) => [
      index,
      cutPair({
        ...(was && { before: spotOf(was, before?.manifest) }),
        ...(is && { after: spotOf(is, manifest) }),
      }),
    ]),
  );
}

const wantedOf = (plans: ReadonlyMap<number, CutPair>): Wanted[] =>
  [...plans].flatMap(([index, pair]) =>
    (['before', 'after'] as const).flatMap(side => {
      const cut = pair[side];
      return cut && 'area' in cut ? [{ index, side, cut }] : [];
    }),
  );

/**
 * The pictures of changes, by the change's place in the report. What can't be had is said, never an error; the same bytes saved give the
 * same bytes back.
 *
 * @throws PermanentError for another picture of this run than the one that was approved, RetryableError where object storage is away
 */
export async function readChangePictures(
  { changes }: Pick<Report, 'changes'>,
  inputs: Pick<Inputs, 'changes' | 'manifest'>,
  deps: StepDeps,
): Promise<Map<number, PicturePair>> {
  const plans = await plan(changes, inputs, deps);
  const made: Made = new Map();
  for (const group of byShot(wantedOf(plans))) {
    deps.signal.throwIfAborted();
    for (const [name, picture] of await cutOut(group, deps))
      made.set(name, picture);
  }
  const pictured = (
    index: number,
    side: Side,
    cut: CutOrMissing | undefined,
  ): Pictured | undefined =>
    cut && ('missing' in cut ? cut : made.get(nameOf({ index, side })));
  return withinBounds(
    new Map(
      [...plans].map(([index, { before, after }]) => [
        index,
        pairOf(
          pictured(index, 'before', before),
          pictured(index, 'after', after),
        ),
      ]),
    ),
  );
}
