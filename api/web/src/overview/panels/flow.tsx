// Who receives from whom: acts on contents, from department to department.
import type { FlowQuery } from '../../gql/graphql';
import { drawHeatmap, type HeatCell } from '../draw/heatmap';
import { field } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { Strip, Unshown } from '../strip';
import { allHidden, definitionCell, number, numeric, plain, reason, text, withheld, type Cell } from '../table';
import { told } from './active-sets';
import { pairsOf, type Pair } from './pairs';

type Figures = NonNullable<FlowQuery['figures']>;

export function flow({ flow: matrix, crossDepartmentShare }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  if (!matrix) return;
  const pairs = pairsOf(matrix);
  if (pairs.length === 0 && !matrix.suppressed) return;
  const names = matrix.departments.map(({ name }) => name ?? say.unnamed);
  const most = Math.max(1, ...pairs.map(({ row, column, acts }) => (row === column ? 0 : (acts ?? 0))));
  const evidence = { name: say.flow.matrix, reference: field('flow') };
  const share = { name: say.flow.across, reference: field('crossDepartmentShare') };
  const drawn = pairs.map(({ row, column, acts, suppressed }): HeatCell => {
    const out = suppressed ? reason(suppressed, speech) : format.counted(acts ?? 0, say.acts);
    return {
      row,
      column,
      // Few pairs exchange most: along the root the others can be told apart too.
      shade: row === column ? null : Math.sqrt((acts ?? 0) / most),
      text: acts === null ? '' : format.whole(acts),
      hidden: suppressed !== null,
      tip: `${say.flow.cell(names[row]!, names[column]!)}\n${out}`,
      evidence,
    };
  });
  const pairAt = new Map(pairs.map((pair) => [`${pair.row} ${pair.column}`, pair]));
  const cell = ({ acts, suppressed }: Pair): Cell => (suppressed ? withheld(suppressed, speech) : number(acts, format.whole));
  const why = allHidden(matrix.suppressed ? [matrix] : pairs);
  return {
    body: (
      <>
        <Strip figures={[{ ...told(crossDepartmentShare, speech), name: say.flow.across, evidence: share }]} />
        {why.length > 0 && <Unshown why={why} />}
      </>
    ),
    drawing:
      why.length > 0
        ? undefined
        : drawHeatmap({ columns: names, rows: names, cells: drawn, margins: { left: 190, top: 84 }, slanted: true }),
    measured: [...(matrix.suppressed ? [matrix] : pairs), crossDepartmentShare],
    figures: [evidence, share],
    definitions: [matrix.definition, crossDepartmentShare.definition],
    table: {
      columns: [text(`${say.columns.source} ↓ ${say.columns.receiver} →`), ...names.map(numeric)],
      rows: names.map((name, row) => [
        plain(name),
        ...names.map((_, column) => {
          const pair = pairAt.get(`${row} ${column}`);
          return pair ? cell(pair) : plain('0', 0);
        }),
      ]),
    },
    file: {
      columns: [text(say.columns.source), text(say.columns.receiver), numeric(say.columns.acts), text(say.columns.definition)],
      rows: pairs.map((pair) => [plain(names[pair.row]!), plain(names[pair.column]!), cell(pair), definitionCell(matrix)]),
    },
  };
}
