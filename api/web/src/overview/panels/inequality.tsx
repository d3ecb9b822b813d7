// How contribution is spread: over people, and over departments.
import type { InequalityQuery, Suppression } from '../../gql/graphql';
import { drawSplit, type Part, type Whole } from '../draw/split';
import { field, inside, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { Strip } from '../strip';
import {
  definitionCell,
  figureCell,
  number,
  numeric,
  plain,
  reason,
  share as worded,
  shareCells,
  shareColumns,
  shareFileCells,
  shareFileColumns,
  text,
  type Cell,
} from '../table';

type Figures = NonNullable<InequalityQuery['figures']>;

const SHARES = ['none', 'some'] as const;

export function inequality(figures: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  const words = say.inequality;
  const { none, some, heaviest } = figures.participationSplit;
  const { gini, giniWithZeros, elephantFactor } = figures;
  if (!heaviest || !gini || !giniWithZeros || !elephantFactor) return;
  const parts = { none, some, heaviest };
  const partOf = (name: keyof typeof parts): Named => ({
    name: words[name],
    reference: inside('participationSplit', ({ participationSplit }) => participationSplit?.[name]),
  });
  const indices = [
    { name: words.gini, figure: gini, interval: gini.interval, shown: format.index, reference: field('gini', { zeros: false }) },
    { name: words.giniWithZeros, figure: giniWithZeros, interval: giniWithZeros.interval, shown: format.index, reference: field('gini', { zeros: true }) },
    { name: words.elephantFactor, figure: elephantFactor, interval: null, shown: format.whole, reference: field('elephantFactor') },
  ].map(({ reference, ...index }) => ({ ...index, evidence: { name: index.name, reference } }));
  const measures = [{ name: words.heaviest, figure: heaviest, interval: null, shown: format.percent, evidence: partOf('heaviest') }, ...indices];
  return {
    body: (
      <Strip
        figures={indices.map(({ name, figure, interval, shown, evidence }) => ({
          name,
          value: figure.value === null ? null : shown(figure.value),
          suppressed: figure.suppressed,
          detail: interval ? say.headline.interval(format.indices(interval.lower, interval.upper)) : undefined,
          evidence,
        }))}
      />
    ),
    drawing: drawSplit([
      {
        name: words.people,
        parts: [part('none', none.value, 'inside'), part('some', some.value, 'participated')].flat(),
        instead: instead('some', some.suppressed, worded(some, speech)),
      },
      {
        name: words.contributions,
        parts: [
          part('heaviest', heaviest.value, 'contributed'),
          part('rest', heaviest.value === null ? null : 1 - heaviest.value, 'participated'),
        ].flat(),
        instead: instead('heaviest', heaviest.suppressed, null),
      },
    ]),
    measured: [none, some, ...measures.map(({ figure }) => figure)],
    legend: [
      { colour: 'inside', name: words.none },
      { colour: 'participated', name: words.some },
      { colour: 'contributed', name: words.heaviest },
    ],
    figures: [...SHARES.map(partOf), ...measures.map(({ evidence }) => evidence)],
    definitions: [none.definition, gini.definition, elephantFactor.definition],
    table: {
      columns: [text(say.columns.figure), ...shareColumns(speech)],
      rows: [
        ...SHARES.map((name) => [plain(words[name]), ...shareCells(parts[name], partOf(name), speech)]),
        ...measures.map(({ name, figure, interval, shown, evidence }) => [
          plain(name),
          figureCell(figure, shown, evidence, speech),
          plain('', null),
          plain('', null),
          ...ends(interval, shown),
        ]),
      ],
    },
    file: {
      columns: [
        text(say.columns.figure),
        ...shareFileColumns(speech),
        numeric(say.columns.computedFrom),
        text(say.columns.definition),
      ],
      rows: [
        ...SHARES.map((name) => [
          plain(words[name]),
          ...shareFileCells(parts[name], speech),
          plain('', null),
          definitionCell(parts[name]),
        ]),
        ...measures.map(({ name, figure, interval, shown }) => [
          plain(name),
          figureCell(figure, shown, undefined, speech),
          plain('', null),
          plain('', null),
          ...ends(interval, shown),
          plain('', null),
          plain('', null),
          number(figure.count, format.whole),
          definitionCell(figure),
        ]),
      ],
    },
  };

  /** What stands for a bar of which no part is shown: why, or between what one lies. */
  function instead(name: keyof typeof parts, why: Suppression | null, between: string | null): Whole['instead'] {
    if (why === null && between === null) return null;
    const text = why ? say.brief[why] : `${words[name]} ${between}`;
    return { text, hidden: why !== null, tip: `${words[name]}\n${why ? reason(why, speech) : between}`, evidence: partOf(name) };
  }

  /** A part of a bar; none where its figure is hidden. */
  function part(name: keyof typeof parts | 'rest', value: number | null, colour: Part['colour']): Part[] {
    if (value === null) return [];
    const label = `${words[name]} ${format.roundPercent(value)}`;
    const evidence = partOf(name === 'rest' ? 'heaviest' : name);
    return [{ value, colour, label, tip: `${words[name]}\n${format.percent(value)}`, evidence }];
  }
}

/** The ends of an interval, where there is one. */
const ends = (interval: { lower: number; upper: number } | null, shown: (value: number) => string): Cell[] =>
  [interval?.lower, interval?.upper].map((end) => (end === undefined ? plain('', null) : number(end, shown)));
