import { useEffect } from 'react';

/** Where the step of the form stands, and what it is called: the scaffolder draws a row of steps, and the step below it. */
function stepOf(page: ParentNode): { step: HTMLElement; name: string } | null {
  const row = page.querySelector('.MuiStepper-root');
  const step = row?.nextElementSibling;
  const name = row?.querySelector('.MuiStepLabel-active')?.textContent;
  return step instanceof HTMLElement ? { step, name: name ?? '' } : null;
}

/** Whether no element has the focus, or one that can do nothing with it. */
function isLost(active: Element | null): boolean {
  return (
    !active || active === document.body || active.matches(':disabled, [hidden]')
  );
}

function giveTo({ step, name }: { step: HTMLElement; name: string }): void {
  step.setAttribute('role', 'group');
  step.setAttribute('aria-label', name);
  step.tabIndex = -1;
  step.style.outline = 'none';
  step.focus();
}

/**
 * Gives the focus to the step that has come when the button that led to it is gone. Without it the focus falls to the page, and who
 * can't see hears nothing of the new step.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let shown = stepOf(document)?.name;
    let frame = 0;
    const look = () => {
      const found = stepOf(document);
      if (!found || found.name === shown) return;
      const isFirst = shown === undefined;
      shown = found.name;
      if (isFirst) return;
      // A browser notices only then that a button is gone, and a field of the step may want the focus itself.
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (isLost(document.activeElement)) giveTo(found);
      });
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['class'],
    });
    return () => {
      watcher.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
}
