import { useEffect } from 'react';

/** Where the step of the form stands, and what it is called: the scaffolder draws a row of steps, and the step below it. */
function stepOf(page: ParentNode): { step: HTMLElement; name: string } | null {
  const row = page.querySelector('.MuiStepper-root');
  const step = row?.nextElementSibling;
  const name = row?.querySelector('.MuiStepLabel-active')?.textContent;
  return step instanceof HTMLElement ? { step, name: name ?? '' } : null;
}

/**
 * Gives the focus to the step that has come when the one that had it is gone. Without it the focus falls to the page, and who can't see
 * hears nothing of the new step.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    const remember = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null;
    };
    const keep = () => {
      const isLost =
        last !== null &&
        !last.isConnected &&
        (document.activeElement === document.body || !document.activeElement);
      const found = isLost ? stepOf(document) : null;
      if (!found) return;
      last = null;
      const { step, name } = found;
      step.setAttribute('role', 'group');
      step.setAttribute('aria-label', name);
      step.tabIndex = -1;
      step.style.outline = 'none';
      step.focus();
    };
    const watcher = new MutationObserver(keep);
    document.addEventListener('focusin', remember);
    watcher.observe(document.body, { childList: true, subtree: true });
    return () => {
      watcher.disconnect();
      document.removeEventListener('focusin', remember);
    };
  }, []);
}
