import { useWords } from '../../translation/words';

export const TITLES = {
  gates: 'home.gatesTitle',
  watch: 'watch.title',
  changes: 'home.changesTitle',
  runs: 'home.runsTitle',
  demo: 'home.demoTitle',
} as const;

/** Over a widget of the home page: Backstage itself knows one language for it only. */
export function WidgetTitle(props: { of: keyof typeof TITLES }) {
  const { t } = useWords();
  return <>{t(TITLES[props.of])}</>;
}
