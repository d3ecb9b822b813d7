// Who stays: those who began in one window, in each window after.
import type { CohortsQuery } from '../../gql/graphql';
import { drawHeatmap } from '../draw/heatmap';
import { cohortCell, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import {
  definitionCell,
  figureCell,
  number,
  numeric,
  plain,
  reason,
  share as told,
  shareCell,
  shareFileCells,
  shareFileColumns,
  text,
  withheld,
  type Cell,
} from '../table';

type Figures = NonNullable<CohortsQuery['figures']>;
type Cohort = NonNullable<Figures['cohorts']>[number] & {
  /** How many windows before the one that is shown it began. */
  back: number;
};

const behind = ({ window, back }: Cohort, index: number, { say, format }: Speech): Named => ({
  name: `${format.span(window)} · ${say.cohorts.later(index)}`,
  reference: cohortCell(back, index),
});

export function cohorts({ cohorts: all }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  if (!all) return;
  const begun = all
    .map((cohort, at): Cohort => ({ ...cohort, back: all.length - 1 - at }))
    .filter(({ periods }) => periods.length > 0 && periods[0]!.retained.suppressed !== 'TOO_LITTLE_DATA');
  const longest = Math.max(0, ...begun.map(({ periods }) => periods.length));
  if (longest === 0) return;
  const later = Array.from({ length: longest }, (_, index) => index);
  const size = ({ periods: [first] }: Cohort): Cell =>
    first?.retained.suppressed ? withheld(first.retained.suppressed, speech) : number(first?.retained.denominator, format.whole);
  return {
    drawing: drawHeatmap({
      columns: later.map(say.cohorts.later),
      rows: begun.map((cohort) => {
        const value = cohort.periods[0]?.retained.denominator ?? null;
        const people = value === null ? say.hidden.toLowerCase() : format.counted(value, say.people);
        return say.cohorts.began(format.shortDay(cohort.window.first), people);
      }),
      cells: begun.flatMap((cohort, row) =>
        cohort.periods.map(({ index, retained, left }) => {
          const { value, band, suppressed, numerator, denominator } = retained;
          // A cell has room for one number: the table and the tip say between which two it lies.
          const middle = value ?? (band && (band.lower + band.upper) / 2);
          const out =
            numerator === null || denominator === null ? '' : say.of(format.whole(numerator), format.whole(denominator));
          return {
            row,
            column: index,
            shade: middle ?? 0,
            text: middle === null ? '' : `${value === null ? '~' : ''}${format.roundPercent(middle)}`,
            hidden: suppressed !== null,
            tip: [
              `${format.span(cohort.window)} · ${say.cohorts.later(index)}`,
              suppressed ? reason(suppressed, speech) : [told(retained, speech) ?? '–', ...(out ? [out] : [])].join(' · '),
              ...(left.value ? [`${say.columns.left}: ${format.whole(left.value)}`] : []),
              ...(left.suppressed && !suppressed ? [`${say.columns.left}: ${reason(left.suppressed, speech)}`] : []),
            ].join('\n'),
            evidence: behind(cohort, index, speech),
          };
        }),
      ),
      margins: { left: 172, top: 24 },
      slanted: false,
    }),
    measured: begun.flatMap(({ periods }) => periods.map(({ retained }) => retained)),
    figures: begun.map((cohort) => behind(cohort, cohort.periods.at(-1)?.index ?? 0, speech)),
    definitions: begun.flatMap(({ periods }) => periods.map(({ retained }) => retained.definition)),
    table: {
      columns: [text(say.columns.cohort), numeric(say.columns.size), ...later.map((index) => numeric(say.cohorts.later(index)))],
      rows: begun.map((cohort) => [
        plain(format.span(cohort.window)),
        size(cohort),
        ...later.map((at) => {
          const period = cohort.periods.find(({ index }) => index === at);
          return period ? shareCell(period.retained, behind(cohort, at, speech), speech) : plain('', null);
        }),
      ]),
    },
    file: {
      columns: [
        ...[say.columns.first, say.columns.last].map(text),
        ...[say.columns.size, say.columns.window, say.columns.left].map(numeric),
        ...shareFileColumns(speech),
        ...[say.columns.definitionOf(say.columns.left), say.columns.definition].map(text),
      ],
      rows: begun.flatMap((cohort) =>
        cohort.periods.map(({ index, left, retained }) => [
          plain(cohort.window.first),
          plain(cohort.window.last),
          size(cohort),
          plain(String(index), index),
          figureCell(left, format.whole, undefined, speech),
          ...shareFileCells(retained, speech),
          definitionCell(left),
          definitionCell(retained),
        ]),
      ),
    },
  };
}
