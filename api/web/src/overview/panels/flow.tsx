// Who receives from whom: acts on contents, from department to department.
import type { FlowQuery } from '../../gql/graphql';
import { drawHeatmap, type HeatCell } from '../draw/heatmap';
import { field } from '../reference';
import type { Content } from '../panel';
import type { Speech } from '../speech';
import { Strip } from '../strip';
import { definitionCell, number, numeric, plain, reason, text, withheld, type Cell } from '../table';
import { told } from './active-sets';

type Figures = NonNullable<FlowQuery['figures']>;

export function flow({ flow: matrix, crossDepartmentShare }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  if (matrix.departments.length === 0 || matrix.cells.length === 0) return;
  const nameOf = (at: number) => matrix.departments[at]?.name ?? say.unnamed;
  const place = new Map(matrix.departments.map(({ id }, at) => [id, at]));
  const cells = matrix.cells.flatMap(({ source, receiver, acts, suppressed }) => {
    const [row, column] = [source, receiver].map((one) => one && place.get(one.id));
    return typeof row === 'number' && typeof column === 'number' ? [{ row, column, acts, suppressed }] : [];
  });
  const across = cells.filter(({ row, column }) => row !== column);
  const most = Math.max(1, ...across.map(({ acts }) => acts ?? 0));
  const evidence = { name: say.flow.matrix, reference: field('flow') };
  const share = { name: say.flow.across, reference: field('crossDepartmentShare') };
  const drawn = cells.map(({ row, column, acts, suppressed }): HeatCell => {
    const out = suppressed ? reason(suppressed, speech) : format.counted(acts ?? 0, say.acts);
    return {
      row,
      column,
      // Few pairs exchange most: along the root the others can be told apart too.
      shade: row === column ? null : Math.sqrt((acts ?? 0) / most),
      text: acts === null ? '' : format.whole(acts),
      hidden: suppressed !== null,
      tip: `${say.flow.cell(nameOf(row), nameOf(column))}\n${out}`,
      evidence,
    };
  });
  const names = matrix.departments.map((_, at) => nameOf(at));
  const cellAt = new Map(cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
  const told_ = ({ acts, suppressed }: (typeof cells)[number]): Cell =>
    suppressed ? withheld(suppressed, speech) : number(acts, format.whole);
  return {
    body: <Strip figures={[{ ...told(crossDepartmentShare, speech), name: say.flow.across, evidence: share }]} />,
    drawing: drawHeatmap({ columns: names, rows: names, cells: drawn, margins: { left: 190, top: 84 }, slanted: true }),
    figures: [evidence, share],
    definitions: [matrix.definition, crossDepartmentShare.definition],
    table: {
      columns: [text(`${say.columns.source} ↓ ${say.columns.receiver} →`), ...names.map(numeric)],
      rows: names.map((name, row) => [
        plain(name),
        ...names.map((_, column) => {
          const cell = cellAt.get(`${row} ${column}`);
          return cell ? told_(cell) : plain('0', 0);
        }),
      ]),
    },
    file: {
      columns: [text(say.columns.source), text(say.columns.receiver), numeric(say.columns.acts), text(say.columns.definition)],
      rows: cells.map((cell) => [plain(nameOf(cell.row)), plain(nameOf(cell.column)), told_(cell), definitionCell(matrix)]),
    },
  };
}
