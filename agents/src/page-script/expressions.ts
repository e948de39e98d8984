import { COLLECT, CONSENT, CONTROLS, FRAME_SIGHT, SCROLL } from './bundled';
import type * as collect from './collect';
import type * as consent from './consent';
import type * as controls from './controls';
import type * as scroll from './scroll';

/**
 * What the steps have a page say: expressions for `Runtime.evaluate` in an isolated world, each with the script that it
 * needs. Arguments pass as JSON.
 */

type Functions<T> = {
  [K in keyof T as T[K] extends (...args: never[]) => unknown
    ? K
    : never]: T[K];
};

/** Calls one function of a script, checked against its types. */
function caller<Module>(script: string) {
  return <Name extends keyof Functions<Module> & string>(
    name: Name,
    ...args: Functions<Module>[Name] extends (...args: infer A) => unknown
      ? A
      : never
  ): string =>
    `(() => { ${script}
    return pageScript.${name}(${(args as unknown[])
      .map(argument => JSON.stringify(argument))
      .join(', ')}); })()`;
}

const inCollect = caller<typeof collect>(COLLECT);
const inConsent = caller<typeof consent>(CONSENT);
const inControls = caller<typeof controls>(CONTROLS);
const inScroll = caller<typeof scroll>(SCROLL);

/** Its value is a {@link collect.Collected}. */
export const collectScript = (options: collect.CollectOptions): string =>
  inCollect('collectPage', options);

/** @param library the library's source, a CommonJS module @param rules its rules for this address */
export const startScript = (library: string, rules: unknown): string =>
  `(() => { ${CONSENT}
    const module = { exports: {} };
    ((module, exports) => { ${library}
    })(module, module.exports);
    return pageScript.startLibrary(module.exports.default, ${JSON.stringify(
      rules,
    )}); })()`;

/** Its value is a {@link consent.FoundLayer}, `not started`, or nothing. */
export const findLayerScript = (): string => inConsent('findLayer');

export const refuseScript = (): string => inConsent('refuse');

/** Its value is a list of {@link consent.Question}. */
export const questionsScript = (): string => inConsent('nextQuestions');

export const answersScript = (
  answers: ReadonlyArray<readonly [id: string, result: boolean]>,
): string => inConsent('giveAnswers', answers);

/** Its value is a {@link consent.Probe}. */
export const probeScript = (words: readonly string[]): string =>
  inConsent('probe', words);

/** Its value is a list of {@link controls.Control}. */
export const findControlsScript = (options: controls.FindOptions): string =>
  inControls('findControls', options);

/** @param option number of the option to choose, -1 for what is pressed */
export const pressScript = (index: number, option = -1): string =>
  inControls('pressControl', index, option);

export const isOnScript = (index: number): string =>
  inControls('controlIsOn', index);

/** A function for `Runtime.callFunctionOn`, with the frame's element as `this`; its value is a FrameSight. */
export const frameSightFunction = (): string =>
  `function () { ${FRAME_SIGHT}
    return pageScript.sightOf.call(this); }`;

/** Its value is a {@link scroll.Pass}. */
export const passScript = (options: scroll.PassOptions): string =>
  inScroll('scrollPass', options);

/** Its value is a list of {@link scroll.ForgetfulList}. */
export const homeScript = (): string => inScroll('scrollHome');

export const listScript = (index: number, top: number): string =>
  inScroll('scrollList', index, top);

/** Its value says whether something looks as if more came. */
export const mayGrowScript = (): string => inScroll('mayGrow');

export const heightScript = (): string => inScroll('heightNow');
