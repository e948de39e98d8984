import { VisuallyHidden } from '@backstage/ui';
import { layoutOf, NODE, type Placed } from '../../lib/stepGraph';
import { stepPhaseView, stepTitle, type ShownStep } from '../../lib/stepText';
import { useWords } from '../../translation/words';
import { StepPhaseBadge } from '../PhaseBadge';
import { Duration } from '../Times';
import styles from './StepGraph.module.css';

function edgePath(from: Placed, to: Placed): string {
  const x1 = from.x + NODE.width;
  const y1 = from.y + NODE.height / 2;
  const x2 = to.x;
  const y2 = to.y + NODE.height / 2;
  const bend = (x2 - x1) / 2;
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}

/** For those who do not see the lines. */
function Order(props: { step: ShownStep }) {
  const words = useWords();
  const steps = props.step.dependsOn.map(name => stepTitle(name, words));
  return steps.length ? (
    <VisuallyHidden>{words.t('steps.comesAfter', { steps })}</VisuallyHidden>
  ) : null;
}

function Node(props: {
  node: Placed;
  selected: boolean;
  onSelect: (name: string) => void;
}) {
  const { step, x, y } = props.node;
  const words = useWords();
  const { tone } = stepPhaseView(step.name, step.phase, words);
  return (
    <li
      className={styles.item}
      style={{ left: x, top: y, width: NODE.width, height: NODE.height }}
    >
      <button
        type="button"
        className={styles.node}
        data-tone={tone}
        aria-pressed={props.selected}
        onClick={() => props.onSelect(step.name)}
      >
        <span className={styles.head}>
          <strong>{stepTitle(step.name, words)}</strong>
          <span className={styles.time}>
            {step.startedAt && step.phase !== 'Omitted' && (
              <Duration run={step} />
            )}
          </span>
        </span>
        <span className={styles.foot}>
          <StepPhaseBadge name={step.name} phase={step.phase} />
          {step.retries > 0 && (
            <span className={styles.retries}>
              {words.t('steps.retries', { count: step.retries })}
            </span>
          )}
          <Order step={step} />
        </span>
      </button>
    </li>
  );
}

/** The steps in their order: a list to a screen reader, a graph to the eye. */
export function StepGraph(props: {
  steps: readonly ShownStep[];
  selected?: string;
  onSelect: (name: string) => void;
}) {
  const { t } = useWords();
  const layout = layoutOf(props.steps);
  const phases = new Map(props.steps.map(step => [step.name, step.phase]));
  return (
    <div className={styles.scroll}>
      <div
        className={styles.graph}
        style={{ width: layout.width, height: layout.height }}
      >
        <svg
          className={styles.edges}
          width={layout.width}
          height={layout.height}
          aria-hidden
        >
          {layout.edges.map(({ from, to }) => (
            <path
              key={`${from.step.name}-${to.step.name}`}
              d={edgePath(from, to)}
              className={styles.edge}
              data-done={
                phases.get(from.step.name) === 'Succeeded' || undefined
              }
            />
          ))}
        </svg>
        <ol className={styles.list} aria-label={t('steps.ofTheRun')}>
          {layout.nodes.map(node => (
            <Node
              key={node.step.name}
              node={node}
              selected={node.step.name === props.selected}
              onSelect={props.onSelect}
            />
          ))}
        </ol>
      </div>
    </div>
  );
}
