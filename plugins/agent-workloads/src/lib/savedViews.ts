import { paramsFromView, viewFromParams, type RunsView } from './runsQuery';

/** Filters and sort of the Runs page under a name; `params` as they stand in its address, without the page. */
export type SavedView = { name: string; params: string };

const MOST = 50;

/** @param kept - anything: it may be of another version */
export function savedViews(kept: unknown): SavedView[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter(
    (one): one is SavedView =>
      typeof one?.name === 'string' && typeof one?.params === 'string',
  );
}

export function paramsToSave(view: RunsView): string {
  return paramsFromView({ ...view, offset: 0 }).toString();
}

/** The saved one that is shown now, whatever its page. */
export function viewShown(
  views: readonly SavedView[],
  view: RunsView,
): SavedView | undefined {
  const now = paramsToSave(view);
  return views.find(
    ({ params }) =>
      paramsToSave(viewFromParams(new URLSearchParams(params))) === now,
  );
}

/** The newest last; one of the same name gives way. */
export function withView(
  views: readonly SavedView[],
  saved: SavedView,
): SavedView[] {
  return [...views.filter(({ name }) => name !== saved.name), saved].slice(
    -MOST,
  );
}
