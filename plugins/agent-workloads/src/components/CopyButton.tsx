import { useEffect, useState } from 'react';
import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useWords } from '../translation/words';

const SHOWN_MS = 2_000;

export function CopyButton(props: { text: string; label: string }) {
  const { t } = useWords();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') {
      return undefined;
    }
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  const words = {
    idle: props.label,
    copied: t('common.copied'),
    failed: t('common.copyFailed'),
  };
  return (
    <Button
      size="small"
      variant="secondary"
      onPress={copy}
      iconStart={
        state === 'copied' ? (
          <RiCheckLine aria-hidden />
        ) : (
          <RiFileCopyLine aria-hidden />
        )
      }
    >
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}
