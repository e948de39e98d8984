import { useEffect, useState } from 'react';
import type { GateDecision } from '@agentworkloads/api';

const KEYS: Record<string, GateDecision> = { a: 'approve', d: 'deny' };
const KEPT_AS = 'agent-workloads.decision-keys';

/** Where letters are typed, or find an entry of a list. */
const TYPES_LETTERS =
  'input, textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=menu], [role=tree], [role=grid], [role=dialog], [role=alertdialog]';

function isKeptOn(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== 'off';
  } catch {
    return true;
  }
}

/** Where the switch is hidden nobody could turn the keys off. As in GatePanel.module.css, `.keys`. */
const WITHOUT_SWITCH = '(hover: none), (max-width: 600px)';

function isFree(event: KeyboardEvent): boolean {
  const { target, ctrlKey, metaKey, altKey } = event;
  return !(
    event.defaultPrevented ||
    event.repeat ||
    ctrlKey ||
    metaKey ||
    altKey ||
    globalThis.matchMedia?.(WITHOUT_SWITCH)?.matches ||
    (target instanceof Element && target.closest(TYPES_LETTERS)) ||
    document.querySelector('[role=dialog], [role=alertdialog]')
  );
}

/**
 * A and D ask, while no field has the focus and no dialog is open. A person can switch them off, and that is kept in the
 * browser (WCAG 2.1.4: speech input types letters, too).
 */
export function useDecisionKeys(
  enabled: boolean,
  ask: (decision: GateDecision) => void,
): [on: boolean, turn: (on: boolean) => void] {
  const [on, setOn] = useState(isKeptOn);
  useEffect(() => {
    if (!enabled || !on) return undefined;
    const pressed = (event: KeyboardEvent) => {
      const decision = KEYS[event.key.toLowerCase()];
      if (decision && isFree(event)) {
        event.preventDefault();
        ask(decision);
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [enabled, on, ask]);
  const turn = (next: boolean) => {
    setOn(next);
    try {
      localStorage.setItem(KEPT_AS, next ? 'on' : 'off');
    } catch {
      // Where nothing is kept, it is off for this page.
    }
  };
  return [on, turn];
}
