// From an account to a habit, step by step.
import type { FunnelQuery } from '../../gql/graphql';
import { drawBars } from '../draw/bars';
import { inside, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { plain, reason, shareCells, shareColumns, text } from '../table';

type Figures = NonNullable<FunnelQuery['figures']>;

export function funnel({ funnel: steps }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  if (steps.every(({ share }) => share.suppressed === 'TOO_LITTLE_DATA')) return;
  const named = steps.map(
    ({ name }, at): Named => ({ name, reference: inside('funnel', (figures) => figures.funnel?.[at]?.share) }),
  );
  const bars = steps.map(({ name, share }, at) => {
    const { value, suppressed, numerator, denominator } = share;
    const before = steps[at - 1]?.share.value;
    const label = value === null ? say.hidden : format.percent(value);
    const out = numerator === null || denominator === null ? '' : say.of(format.whole(numerator), format.whole(denominator));
    return {
      name,
      remark: value !== null && before ? say.funnel.ofBefore(format.roundPercent(value / before)) : out,
      value,
      label,
      tip: [name, suppressed ? reason(suppressed, speech) : `${label} · ${out}`].join('\n'),
      evidence: named[at]!,
    };
  });
  return {
    drawing: drawBars(bars),
    figures: named,
    definitions: steps.map(({ share }) => share.definition.id),
    table: {
      columns: [text(say.columns.step), ...shareColumns(speech)],
      rows: steps.map(({ name, share }, at) => [plain(name), ...shareCells(share, named[at], speech)]),
    },
  };
}
