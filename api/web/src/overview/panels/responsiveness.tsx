// How fast people are answered, with those still waiting taken into account.
import type { ResponsivenessQuery } from '../../gql/graphql';
import { drawCurve } from '../draw/curve';
import { field, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { Strip } from '../strip';
import {
  definitionCell,
  figureCell,
  number,
  numeric,
  plain,
  shareCells,
  shareColumns,
  shareFileCells,
  shareFileColumns,
  text,
  type Cell,
} from '../table';
import { told } from './active-sets';

type Figures = NonNullable<ResponsivenessQuery['figures']>;

const HOURS = [24, 72, 168] as const;
const HOUR = 3600;
/** From ten minutes to a week. */
const TICKS = [600, HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR];

export function responsiveness(figures: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  const words = say.responsiveness;
  const curve = figures.timeToFirstResponse;
  const { within24, within72, within168 } = figures;
  if (!curve || !within24 || !within72 || !within168) return;
  const shares = { 24: within24, 72: within72, 168: within168 };
  const median: Named = { name: words.curve, reference: field('timeToFirstResponse') };
  const within = HOURS.map((hours): Named => ({ name: words.within[hours], reference: field('answeredWithin', { hours }) }));
  const points = curve.points.map(({ seconds, remaining, interval, atRisk }) => ({
    seconds,
    answered: 1 - remaining,
    interval: interval && { lower: 1 - interval.upper, upper: 1 - interval.lower },
    atRisk,
  }));
  const around = curve.medianInterval;
  // The median and the ends of its interval are durations, which stand where others have theirs.
  const medians = [
    { name: words.median, cell: figureCell({ value: curve.median, suppressed: curve.suppressed }, format.duration, median, speech) },
    ...(around
      ? [
          { name: `${words.median}. ${say.columns.lower}`, cell: number(around.lower, format.duration) },
          { name: `${words.median}. ${say.columns.upper}`, cell: number(around.upper, format.duration) },
        ]
      : []),
  ];
  const empty = (cells: number): Cell[] => Array.from({ length: cells }, () => plain('', null));
  return {
    body: (
      <Strip
        figures={[
          {
            name: words.median,
            value: curve.median === null ? words.noMedian : format.duration(curve.median),
            suppressed: curve.suppressed,
            detail: [
              ...(curve.count === null ? [] : [format.counted(curve.count, say.questions)]),
              ...(around ? [say.headline.interval(format.durations(around.lower, around.upper))] : []),
            ].join('\n'),
            evidence: median,
          },
          ...HOURS.map((hours, at) => ({ ...told(shares[hours], speech), name: words.within[hours], evidence: within[at]! })),
        ]}
      />
    ),
    drawing: curve.suppressed
      ? undefined
      : drawCurve({
          points: points.map((point) => ({
            ...point,
            tip: `${format.duration(point.seconds)}\n${format.percent(point.answered)}\n${say.columns.atRisk}: ${format.whole(point.atRisk)}`,
          })),
          ticks: TICKS,
          duration: format.duration,
          percent: format.roundPercent,
          median: curve.median,
        }),
    measured: [curve, ...HOURS.map((hours) => shares[hours])],
    figures: [median, ...within],
    definitions: [curve.definition, within24.definition],
    table: {
      columns: [text(say.columns.figure), numeric(words.after), ...shareColumns(speech), numeric(say.columns.atRisk)],
      rows: [
        ...medians.map(({ name, cell }) => [plain(name), cell, ...empty(6)]),
        ...HOURS.map((hours, at) => [
          plain(words.within[hours]),
          plain(format.duration(hours * HOUR), hours * HOUR),
          ...shareCells(shares[hours], within[at], speech),
          ...empty(1),
        ]),
        ...points.map(({ seconds, answered, interval, atRisk }) => [
          plain(words.curve),
          plain(format.duration(seconds), seconds),
          number(answered, format.percent),
          ...empty(2),
          number(interval?.lower, format.percent),
          number(interval?.upper, format.percent),
          number(atRisk, format.whole),
        ]),
      ],
    },
    file: {
      columns: [
        text(say.columns.figure),
        numeric(say.columns.after),
        ...shareFileColumns(speech),
        numeric(say.columns.atRisk),
        text(say.columns.definition),
      ],
      rows: [
        ...medians.map(({ name, cell }) => [plain(name), cell, ...empty(8), definitionCell(curve)]),
        ...HOURS.map((hours) => [
          plain(words.within[hours]),
          plain(format.duration(hours * HOUR), hours * HOUR),
          ...shareFileCells(shares[hours], speech),
          plain('', null),
          definitionCell(shares[hours]),
        ]),
        ...points.map(({ seconds, answered, interval, atRisk }) => [
          plain(words.curve),
          plain(format.duration(seconds), seconds),
          number(answered, format.percent),
          ...empty(2),
          number(interval?.lower, format.percent),
          number(interval?.upper, format.percent),
          ...empty(2),
          number(atRisk, format.whole),
          definitionCell(curve),
        ]),
      ],
    },
  };
}
