import type { ReactElement } from 'react';
import {
  attachComponentData,
  getComponentData,
} from '@backstage/core-plugin-api';
import { useWords } from '../translation/words';
import { TITLES } from './HomeWidgets/WidgetTitle';

interface CardProps {
  title?: string;
}

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
export function titled<Props extends CardProps>(
  Card: (props: Props) => ReactElement | null,
  of: keyof typeof TITLES,
): (props: Props) => ReactElement {
  const Titled = (props: Props) => {
    const { t } = useWords();
    return <Card {...props} title={props.title ?? t(TITLES[of])} />;
  };
  const made = (<Card {...({} as Props)} />) as ReactElement;
  for (const key of KEPT)
    attachComponentData(Titled, key, getComponentData(made, key));
  return Titled;
}
