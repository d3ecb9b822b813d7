// From an account to a habit, step by step.
import type { OnboardingQuery } from '../../gql/graphql';
import { drawBars } from '../draw/bars';
import { inside, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import {
  definitionCell,
  hides,
  plain,
  reason,
  share as told,
  shareCells,
  shareColumns,
  shareFileCells,
  shareFileColumns,
  text,
} from '../table';

type Figures = NonNullable<OnboardingQuery['figures']>;

export function onboarding({ onboarding: steps }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  if (steps.length === 0) return;
  const named = steps.map(
    ({ step }, at): Named => ({
      name: say.onboarding.steps[step],
      reference: inside('onboarding', (figures) => figures.onboarding?.[at]?.share),
    }),
  );
  const bars = steps.map(({ step, share }, at) => {
    const name = say.onboarding.steps[step];
    const { value, band, suppressed, numerator, denominator } = share;
    const before = steps[at - 1]?.share.value;
    const label = told(share, speech) ?? (suppressed && hides(suppressed) ? say.hidden : '–');
    const out = numerator === null || denominator === null ? '' : say.of(format.whole(numerator), format.whole(denominator));
    return {
      name,
      remark: suppressed ? say.suppressed[suppressed] : value !== null && before ? say.onboarding.ofBefore(format.roundPercent(value / before)) : out,
      value,
      band,
      label,
      tip: [name, suppressed ? reason(suppressed, speech) : [label, ...(out ? [out] : [])].join(' · ')].join('\n'),
      evidence: named[at]!,
    };
  });
  return {
    drawing: drawBars(bars),
    measured: steps.map(({ share }) => share),
    figures: named,
    definitions: steps.map(({ share }) => share.definition),
    table: {
      columns: [text(say.columns.step), ...shareColumns(speech)],
      rows: steps.map(({ step, share }, at) => [plain(say.onboarding.steps[step]), ...shareCells(share, named[at], speech)]),
    },
    file: {
      columns: [text(say.columns.step), ...shareFileColumns(speech), text(say.columns.definition)],
      rows: steps.map(({ step, share }) => [
        plain(say.onboarding.steps[step]),
        ...shareFileCells(share, speech),
        definitionCell(share),
      ]),
    },
  };
}
