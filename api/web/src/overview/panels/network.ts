// How the network is woven: each index beside what chance alone would give.
import type { NetworkQuery } from '../../gql/graphql';
import { drawRanges } from '../draw/ranges';
import { field, type Named } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { definitionCell, figureCell, number, numeric, plain, reason, text, type Table } from '../table';

type Figures = NonNullable<NetworkQuery['figures']>;

const NAMES = ['externalInternalIndex', 'modularity', 'assortativity', 'reciprocity', 'density'] as const;

export function network(figures: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  const words = say.network;
  const measures = NAMES.flatMap((name) => {
    const evidence: Named = { name: words.figures[name], reference: field(name) };
    return figures[name] ? [{ name, measure: figures[name], evidence }] : [];
  });
  if (measures.length === 0) return;
  const table: Table = {
    columns: [
      text(say.columns.figure),
      ...[
        say.columns.value,
        say.columns.expected,
        say.columns.z,
        say.columns.p,
        say.columns.computedFrom,
      ].map(numeric),
    ],
    rows: measures.map(({ name, measure, evidence }) => {
      const { baseline, count } = measure;
      return [
        plain(words.figures[name]),
        figureCell(measure, format.index, evidence, speech),
        number(baseline?.expected, format.index),
        number(baseline?.z, format.index),
        number(baseline?.p, (p) => chance(p, speech)),
        number(count, format.whole),
      ];
    }),
  };
  return {
    drawing: drawRanges({
      ranges: measures.map(({ name, measure, evidence }) => {
        const { value, baseline, suppressed } = measure;
        const label = suppressed ? say.brief[suppressed] : value === null ? '–' : format.index(value);
        return {
          name: words.figures[name],
          remark: words.ends[name],
          value,
          interval: null,
          beside: baseline?.expected ?? null,
          label,
          aside: baseline ? [words.byChance, words.chance].map((said) => said(format.index(baseline.expected))) : undefined,
          tip: [
            words.figures[name],
            suppressed ? reason(suppressed, speech) : label,
            ...(baseline ? [words.byChance(format.index(baseline.expected))] : []),
            ...(typeof baseline?.z === 'number' ? [`z = ${format.index(baseline.z)}`] : []),
            ...(typeof baseline?.p === 'number' ? [`p ${baseline.p < LEAST ? '' : '= '}${chance(baseline.p, speech)}`] : []),
          ].join('\n'),
          evidence,
        };
      }),
      from: -1,
      to: 1,
      ticks: format.decimal,
      margins: { left: 240, right: 156, narrow: 96 },
      row: 56,
    }),
    measured: measures.map(({ measure }) => measure),
    figures: measures.map(({ evidence }) => evidence),
    definitions: measures.map(({ measure }) => measure.definition),
    table,
    file: {
      columns: [...table.columns, text(say.columns.definition)],
      rows: table.rows.map((row, at) => [...row, definitionCell(measures[at]!.measure)]),
    },
  };
}

/** Below it a probability says nothing more. */
const LEAST = 0.001;

const chance = (p: number, { format }: Speech): string => (p < LEAST ? `< ${format.index(LEAST)}` : format.index(p));
