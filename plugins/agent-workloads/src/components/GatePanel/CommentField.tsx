import { useEffect, useId, useRef } from 'react';
import { Alert, TextAreaField } from '@backstage/ui';
import { useWords } from '../../translation/words';

/** Gets the focus when something is wrong with what is written in it. */
export function CommentField(props: {
  comment: string;
  problem?: string;
  onChange: (comment: string) => void;
}) {
  const { problem } = props;
  const { t } = useWords();
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) {
      field.current?.querySelector('textarea')?.focus();
    }
  }, [problem]);
  return (
    <>
      <TextAreaField
        ref={field}
        label={t('decision.comment')}
        secondaryLabel={t('decision.requiredToDeny')}
        description={t('decision.commentText')}
        rows={3}
        value={props.comment}
        isInvalid={problem !== undefined}
        aria-describedby={problem ? id : undefined}
        onChange={props.onChange}
      />
      {problem && (
        <div id={id}>
          <Alert role="alert" status="danger" icon title={problem} />
        </div>
      )}
    </>
  );
}
