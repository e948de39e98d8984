import {
  attachComponentData,
  getComponentData,
} from '@backstage/core-plugin-api';
import { useWords } from '../translation/words';
import { TITLES } from './HomeWidgets/WidgetTitle';

type Card = (props: { title?: string }) => JSX.Element;

/** What Backstage and its home page keep of a card. */
const KEPT = [
  'core.plugin',
  'core.extensionName',
  'title',
  'description',
  'home.widget.config',
];

/**
 * A card whose title is in the language of who looks. The dialog that adds cards goes on to have the one that it was made with: Backstage
 * keeps one string there.
 */
export function titled<T extends Card>(card: T, of: keyof typeof TITLES): T {
  const Untitled: Card = card;
  const Titled: Card = props => {
    const { t } = useWords();
    return <Untitled {...props} title={props.title ?? t(TITLES[of])} />;
  };
  for (const key of KEPT)
    attachComponentData(Titled, key, getComponentData(<Untitled />, key));
  return Titled as T;
}
