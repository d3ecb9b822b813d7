// How the network is woven: each index beside what chance alone would give.
import type { NetworkQuery } from '../../gql/graphql';
import { drawRanges } from '../draw/ranges';
import { field, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { figureCell, number, numeric, plain, reason, text } from '../table';

type Figures = NonNullable<NetworkQuery['figures']>;

const NAMES = ['externalInternalIndex', 'modularity', 'assortativity', 'reciprocity', 'density'] as const;

export function network(figures: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  const words = say.network;
  if (NAMES.every((name) => figures[name].suppressed === 'TOO_LITTLE_DATA')) return;
  const named = NAMES.map((name): Named => ({ name: words.figures[name], reference: field(name) }));
  return {
    drawing: drawRanges({
      ranges: NAMES.map((name, at) => {
        const { value, baseline, suppressed } = figures[name];
        const label = suppressed ? say.suppressed[suppressed] : value === null ? '–' : format.index(value);
        return {
          name: words.figures[name],
          remark: words.ends[name],
          value,
          interval: null,
          beside: baseline?.expected ?? null,
          label,
          aside: baseline ? words.byChance(format.index(baseline.expected)) : undefined,
          tip: [
            words.figures[name],
            suppressed ? reason(suppressed, speech) : label,
            ...(baseline ? [words.byChance(format.index(baseline.expected))] : []),
            ...(typeof baseline?.p === 'number' ? [`p ${baseline.p < LEAST ? '' : '= '}${chance(baseline.p, speech)}`] : []),
          ].join('\n'),
          evidence: named[at]!,
        };
      }),
      from: -1,
      to: 1,
      ticks: format.decimal,
      margins: { left: 240, right: 96 },
      row: 56,
    }),
    figures: named,
    definitions: NAMES.map((name) => figures[name].definition),
    table: {
      columns: [
        text(say.columns.figure),
        ...[
          say.columns.value,
          say.columns.expected,
          say.columns.p,
          say.columns.computedFrom,
        ].map(numeric),
      ],
      rows: NAMES.map((name, at) => {
        const { baseline, count } = figures[name];
        return [
          plain(words.figures[name]),
          figureCell(figures[name], format.index, named[at], speech),
          number(baseline?.expected, format.index),
          number(baseline?.p, (p) => chance(p, speech)),
          number(count, format.whole),
        ];
      }),
    },
  };
}

/** Below it a probability says nothing more. */
const LEAST = 0.001;

const chance = (p: number, { format }: Speech): string => (p < LEAST ? `< ${format.index(LEAST)}` : format.index(p));
