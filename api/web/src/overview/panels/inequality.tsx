// How contribution is spread: over people, and over departments.
import type { InequalityQuery } from '../../gql/graphql';
import { drawSplit, type Part } from '../draw/split';
import { field, inside, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { Strip } from '../strip';
import { figureCell, numeric, plain, text, type Cell } from '../table';

type Figures = NonNullable<InequalityQuery['figures']>;

export function inequality(figures: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  const words = say.inequality;
  const { none, some, heaviest } = figures.participationSplit;
  const { gini, giniWithZeros, elephantFactor } = figures;
  if (!heaviest || !gini || !giniWithZeros || !elephantFactor || none.suppressed === 'TOO_LITTLE_DATA') return;
  const parts = { none, some, heaviest };
  const partOf = (name: keyof typeof parts): Named => ({
    name: words[name],
    reference: inside('participationSplit', ({ participationSplit }) => participationSplit?.[name]),
  });
  const strip = [
    { name: words.gini, figure: gini, shown: format.index, reference: field('gini', { zeros: false }) },
    { name: words.giniWithZeros, figure: giniWithZeros, shown: format.index, reference: field('gini', { zeros: true }) },
    { name: words.elephantFactor, figure: elephantFactor, shown: format.whole, reference: field('elephantFactor') },
  ];
  const row = (name: string, figure: Parameters<typeof figureCell>[0], shown: (value: number) => string, evidence: Named): Cell[] => [
    plain(name),
    figureCell(figure, shown, evidence, speech),
  ];
  return {
    body: (
      <Strip
        figures={strip.map(({ name, figure, shown, reference }) => ({
          name,
          value: figure.value === null ? null : shown(figure.value),
          suppressed: figure.suppressed,
          evidence: { name, reference },
        }))}
      />
    ),
    drawing: drawSplit([
      { name: words.people, parts: [part('none', none.value, 'inside'), part('some', some.value, 'participated')].flat() },
      {
        name: words.contributions,
        parts: [
          part('heaviest', heaviest.value, 'contributed'),
          part('rest', heaviest.value === null ? null : 1 - heaviest.value, 'participated'),
        ].flat(),
      },
    ]),
    legend: [
      { colour: 'inside', name: words.none },
      { colour: 'participated', name: words.some },
      { colour: 'contributed', name: words.heaviest },
    ],
    figures: [partOf('none'), partOf('some'), partOf('heaviest'), ...strip],
    definitions: [none.definition, gini.definition, elephantFactor.definition],
    table: {
      columns: [text(say.columns.figure), numeric(say.columns.value)],
      rows: [
        ...(['none', 'some', 'heaviest'] as const).map((name) => row(words[name], parts[name], format.percent, partOf(name))),
        ...strip.map(({ name, figure, shown, reference }) => row(name, figure, shown, { name, reference })),
      ],
    },
  };

  /** A part of a bar; none where its figure is hidden. */
  function part(name: keyof typeof parts | 'rest', value: number | null, colour: Part['colour']): Part[] {
    if (value === null) return [];
    const label = `${words[name]} ${format.roundPercent(value)}`;
    const evidence = partOf(name === 'rest' ? 'heaviest' : name);
    return [{ value, colour, label, tip: `${words[name]}\n${format.percent(value)}`, evidence }];
  }
}
