import { useRef, useState } from 'react';
import { readTargets, type TargetMend } from '@agentworkloads/api';
import { urlsOf } from '../lib/urlList';

export interface MendedText {
  text: string;
  /** What was mended last, for people to see; empty when nothing was. */
  mends: readonly TargetMend[];
  /** The text stays as it is written: somebody took the mending back. */
  isAsWritten: boolean;
  type: (text: string) => void;
  /** How the next text comes, by the `inputType` of the browser's event: from the clipboard, or by keys. */
  comesBy: (inputType?: string) => void;
  /** Adds addresses, each on a line of its own, but for those that are there. */
  add: (urls: readonly string[]) => void;
  /** Mends what stands there now. */
  mend: () => void;
  /** Says what is made of the text, and leaves the text where it is. */
  tell: () => void;
  /** Puts back what was written before the last mending. */
  undo: () => void;
}

interface State {
  text: string;
  mends: readonly TargetMend[];
  /** Before the last mending. */
  before?: string;
  isAsWritten: boolean;
}

const typed = (text: string, isAsWritten: boolean): State => ({
  text,
  mends: [],
  // With nothing left there is nothing to keep as it was.
  isAsWritten: isAsWritten && text.trim() !== '',
});

function mended(state: State): State {
  if (state.isAsWritten) return state;
  const { lines, mends } = readTargets(state.text);
  // Blank lines are taken away without a word, and give no reason to forget what was mended before.
  return mends.length > 0
    ? {
        text: lines.join('\n'),
        mends,
        before: state.text,
        isAsWritten: false,
      }
    : { ...state, text: lines.join('\n') };
}

function told(state: State): State {
  const { mends } = mended(state);
  return mends === state.mends
    ? state
    : { ...state, mends, before: state.text };
}

/**
 * A text of addresses that is mended when it is pasted or left.
 *
 * @param initial what the form has already, one a line
 * @param onUrls is told the addresses as they will be, mended or not
 */
export function useMendedText(
  initial: readonly string[],
  onUrls: (urls: string[]) => void,
): MendedText {
  const [state, setState] = useState<State>(() =>
    typed(initial.join('\n'), false),
  );
  const isPaste = useRef(false);
  const go = (next: State) => {
    setState(next);
    onUrls(next.isAsWritten ? urlsOf(next.text) : readTargets(next.text).lines);
  };
  return {
    text: state.text,
    mends: state.mends,
    isAsWritten: state.isAsWritten,
    type: text => {
      // A new paste is read anew, also where an older one was taken back.
      const next = typed(text, state.isAsWritten && !isPaste.current);
      go(isPaste.current ? mended(next) : next);
      isPaste.current = false;
    },
    comesBy: inputType => {
      // Told of each input, so that a paste that changed nothing does not make one of the next key.
      isPaste.current = /^insertFrom(?:Paste|Drop)/.test(inputType ?? '');
    },
    add: urls => {
      const there = urlsOf(state.text);
      const others = urls.filter(url => !there.includes(url));
      const text = [...there, ...others].join('\n');
      go(mended(typed(text, state.isAsWritten)));
    },
    tell: () => setState(told),
    mend: () => {
      const next = mended(state);
      if (next.text !== state.text) go(next);
    },
    undo: () => {
      if (state.before !== undefined) go(typed(state.before, true));
    },
  };
}
