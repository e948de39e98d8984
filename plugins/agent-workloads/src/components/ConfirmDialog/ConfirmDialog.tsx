import type { ReactNode } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { useAct } from '../../hooks/useAct';
import { useWords } from '../../translation/words';
import { RefusalState } from '../states';
import styles from './ConfirmDialog.module.css';

export interface Question {
  title: string;
  /** In the infinitive, for the sentence that says that it failed. */
  action: string;
  text: string;
  button: string;
  destructive: boolean;
  /** What is refused is said in the dialog, which stays open. */
  act: () => Promise<void>;
}

/** Asks before something is done. `children`: what is to be said with it. */
export function ConfirmDialog(props: {
  question: Question;
  children?: ReactNode;
  onClose: () => void;
}) {
  const { question, onClose } = props;
  const { t } = useWords();
  const { pending, error, run } = useAct();
  const confirm = () =>
    run(async () => {
      await question.act();
      onClose();
    });
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <DialogHeader>{question.title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">{question.text}</Text>
          {props.children}
          {error !== undefined && (
            <RefusalState error={error} action={question.action} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          className={styles.yes}
          destructive={question.destructive}
          isPending={pending}
          onPress={confirm}
        >
          {question.button}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {t('common.goBack')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
