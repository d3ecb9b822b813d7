// A heatmap whose cells carry their numbers, and are hatched where the number is hidden.
import type { Drawing } from '../chart';
import { mixed, readableOn, type Palette } from '../theme';
import { group, names, rect, series, words, type Mark, type Place, type Shape } from './custom';
import { hatch } from './hatch';

export interface HeatCell extends Mark {
  column: number;
  row: number;
  /** From 0 to 1 along the scale; null off the scale. */
  shade: number | null;
  text: string;
  hidden: boolean;
}

export interface Heatmap {
  columns: string[];
  rows: string[];
  cells: HeatCell[];
  /** In pixels: of the column that names the rows, and of the row that names the columns. */
  margins: { left: number; top: number };
  slanted: boolean;
}

const ROW = 34;
/** How high names that are not slanted stand above the cells, in pixels. */
const LEVEL = 26;
/** About as wide as a character is, in pixels. */
const CHARACTER = 6;

export const drawHeatmap = (heatmap: Heatmap): Drawing => ({
  height: (width) => frame(heatmap, width).top + heatmap.rows.length * ROW,
  option: (palette, width) => {
    const { columns, rows, cells, margins } = heatmap;
    const { left, top, column, fits, slanted } = frame(heatmap, width);
    const narrow = column < 44;
    const slant = slanted ? { rotate: 40, width: margins.top * 1.35, overflow: 'truncate' } : {};
    return {
      grid: { left, right: 0, top, bottom: 0 },
      // Every second name, where two side by side would touch.
      xAxis: { ...names(columns, { color: palette.quiet, fontSize: 11, interval: slanted || fits ? 0 : 1, ...slant }), position: 'top' },
      yAxis: {
        ...names(rows, { color: palette.ink, margin: left, align: 'left', width: left - 10, overflow: 'truncate' }),
        inverse: true,
      },
      series: [
        series(
          cells,
          ({ column, row }) => [column, row],
          (cell, place) => draw(cell, place, palette, narrow),
        ),
      ],
    };
  },
});

/** How much room there is: names of columns are slanted only where they would not fit side by side. */
function frame({ columns, margins, slanted }: Heatmap, width: number) {
  const left = Math.min(margins.left, width * 0.34);
  const column = (width - left) / columns.length;
  const longest = Math.max(...columns.map(({ length }) => length));
  const fits = (longest + 1) * CHARACTER < column;
  return { left, column, fits, slanted: slanted && !fits, top: slanted && fits ? LEVEL : margins.top };
}

function draw({ column, row, shade, text, hidden }: HeatCell, place: Place, palette: Palette, narrow: boolean): Shape {
  const [x, y] = place.coord([column, row]);
  const [width, height] = place.size([1, 1]).map((side) => side - 2) as [number, number];
  const scaled = (along: number) => mixed(palette['scale-low'], palette['scale-high'], along);
  const ground = hidden ? palette.faint : shade === null ? palette.inside : scaled(shade);
  const [left, top] = [x - width / 2, y - height / 2];
  const room = text.length * CHARACTER < width + 3;
  return group([
    rect(left, top, width, height, { fill: ground }, 3),
    hidden
      ? hatch(left, top, width, height, palette.quiet)
      : words(room ? text : '', x, y, palette, { fill: readableOn(ground, palette), align: 'center', fontSize: narrow ? 10 : 12 }),
  ]);
}
