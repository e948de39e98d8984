import type { Collected } from '../../page-script/collect';
import type { RawShot } from './shoot';

/** One more way in which a page was seen; see `views` of the page's record. */
export interface RawView {
  id: string;
  /** What was chosen to see it, in the page's words. */
  state?: string;
  frame?: { url: string };
  /** CSS pixels by which a list was scrolled. */
  scrolled?: number;
  collected: Collected;
  /** Absent for a frame, which stands on the page's own, and where the browser gave none. */
  desktop?: RawShot;
}

/** What was seen of a page beyond what it shows as it is loaded. */
export interface More {
  views: RawView[];
  /** One sentence for each thing that was there and was not read. */
  notes: string[];
  /** What is chosen on the page as it is loaded; empty where it has no switch. */
  loadedState: string;
}
