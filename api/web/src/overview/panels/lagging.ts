// Which departments take part least, those that may be shown; what is hidden says so.
import type { DepartmentsQuery, ShareFigureFragment } from '../../gql/graphql';
import { drawRanges } from '../draw/ranges';
import { field, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import {
  bandCells,
  definitionCell,
  figureCell,
  numeric,
  plain,
  reason,
  share as told,
  shareCell,
  shareCells,
  shareColumns,
  shareFileCells,
  shareFileColumns,
  text,
  unmarked,
} from '../table';

type Figures = NonNullable<DepartmentsQuery['figures']>;

export function lagging({ departments }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  if (departments.length === 0) return;
  const rows = departments
    .map(({ department, headcount, active, previous }) => {
      const name = department?.name ?? say.unnamed;
      const evidence: Named = {
        name: `${say.headline.figures.active} · ${name}`,
        reference: field('active', { department: department?.id ?? null, subtree: true }),
      };
      return { name, headcount, active, before: previous?.active, window: previous?.window, evidence };
    })
    // The lowest first, by the middle where it lies between two; then the hidden by name: their order must not tell what
    // they hide.
    .sort((one, other) => {
      const [here, there] = [middle(one.active), middle(other.active)];
      if (here === null || there === null) {
        return Number(here === null) - Number(there === null) || one.name.localeCompare(other.name, format.locale);
      }
      return here - there || one.name.localeCompare(other.name, format.locale);
    });
  const compared = rows.some(({ before }) => before);
  return {
    drawing: drawRanges({
      ranges: rows.map(({ name, headcount, active, before, evidence }) => {
        const people = headcount.value === null ? say.hidden.toLowerCase() : format.counted(headcount.value, say.people);
        const why = active.suppressed && say.brief[active.suppressed];
        const label = why ?? short(active, speech) ?? '–';
        return {
          name,
          remark: people,
          value: active.value,
          interval: active.interval,
          band: active.band,
          beside: before?.value ?? null,
          label,
          tip: [
            name,
            active.suppressed ? reason(active.suppressed, speech) : (told(active, speech) ?? '–'),
            ...(headcount.suppressed ? [`${say.columns.headcount}: ${reason(headcount.suppressed, speech)}`] : []),
            ...(active.interval
              ? [say.headline.interval(format.percents(active.interval.lower, active.interval.upper))]
              : []),
            ...(typeof before?.value === 'number' ? [`${say.columns.before}: ${format.percent(before.value)}`] : []),
          ].join('\n'),
          evidence,
        };
      }),
      from: 0,
      to: 1,
      ticks: format.roundPercent,
      margins: { left: 210, right: rows.some(({ active }) => active.band) ? 92 : 64 },
      row: 42,
    }),
    measured: rows.map(({ active }) => active),
    figures: rows.map(({ evidence }) => evidence),
    definitions: rows.map(({ active }) => active.definition),
    table: {
      columns: [
        text(say.columns.department),
        numeric(say.columns.headcount),
        ...shareColumns(speech),
        ...(compared ? [numeric(say.columns.before)] : []),
      ],
      rows: rows.map(({ name, headcount, active, before, evidence }) => [
        plain(name),
        figureCell(headcount, format.whole, undefined, speech),
        ...shareCells(active, evidence, speech),
        ...(compared ? [before ? shareCell(before, undefined, speech) : plain('–', null)] : []),
      ]),
    },
    file: {
      columns: [
        text(say.columns.department),
        numeric(say.columns.headcount),
        ...shareFileColumns(speech),
        ...(compared
          ? [
              ...[say.columns.before, say.columns.beforeAtLeast, say.columns.beforeAtMost].map(numeric),
              ...[say.columns.beforeFirst, say.columns.beforeLast].map(text),
            ]
          : []),
        text(say.columns.definitionOf(say.columns.headcount)),
        text(say.columns.definition),
      ],
      rows: rows.map(({ name, headcount, active, before, window }) => [
        plain(name),
        figureCell(headcount, format.whole, undefined, speech),
        ...shareFileCells(active, speech),
        ...(compared && before && window
          ? [unmarked(shareCell(before, undefined, speech)), ...bandCells(before, speech), plain(window.first), plain(window.last)]
          : Array.from({ length: compared ? 5 : 0 }, () => plain('', null))),
        definitionCell(headcount),
        definitionCell(active),
      ]),
    },
  };
}

/** By what a share is put in order. */
const middle = ({ value, band }: ShareFigureFragment): number | null =>
  value ?? (band && (band.lower + band.upper) / 2);

/** In the little room beside a row. */
const short = (share: ShareFigureFragment, speech: Speech): string | null =>
  share.band ? speech.format.roundPercents(share.band.lower, share.band.upper) : told(share, speech);
