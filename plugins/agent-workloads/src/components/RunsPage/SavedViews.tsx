import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Select,
  TextField,
} from '@backstage/ui';
import { useKept } from '../../hooks/useKept';
import type { RunsView } from '../../lib/runsQuery';
import {
  paramsToSave,
  savedViews,
  viewShown,
  withView,
} from '../../lib/savedViews';
import { useWords } from '../../translation/words';
import styles from './RunsPage.module.css';

function NameDialog(props: {
  onSave: (name: string) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const save = () => {
    props.onSave(name.trim());
    props.onClose();
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && props.onClose()}>
      <DialogHeader>{t('finding.saveView')}</DialogHeader>
      <DialogBody>
        <TextField
          label={t('finding.viewName')}
          description={t('finding.viewNameText')}
          value={name}
          onChange={setName}
          maxLength={80}
        />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" isDisabled={!name.trim()} onPress={save}>
          {t('finding.save')}
        </Button>
        <Button variant="secondary" onPress={props.onClose}>
          {t('common.goBack')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** Filters that a person keeps under a name, for themselves. */
export function SavedViews(props: {
  view: RunsView;
  isFiltered: boolean;
  onOpen: (params: string) => void;
}) {
  const { t } = useWords();
  const [views, keep] = useKept('runs-views', savedViews);
  const [naming, setNaming] = useState(false);
  const shown = viewShown(views, props.view);
  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
      {views.length > 0 && (
        <Select
          label={t('finding.savedViews')}
          className={styles.filter}
          placeholder={t('finding.chooseView')}
          options={views.map(({ name, params }) => ({
            id: params,
            label: name,
          }))}
          value={shown?.params ?? null}
          onChange={params => props.onOpen(String(params ?? ''))}
        />
      )}
      {shown && (
        <Button
          variant="tertiary"
          onPress={() => keep(views.filter(one => one !== shown))}
        >
          {t('finding.forgetView', { name: shown.name })}
        </Button>
      )}
      {props.isFiltered && !shown && (
        <Button variant="tertiary" onPress={() => setNaming(true)}>
          {t('finding.saveView')}
        </Button>
      )}
      {naming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onSave={name =>
            keep(withView(views, { name, params: paramsToSave(props.view) }))
          }
        />
      )}
    </Flex>
  );
}
