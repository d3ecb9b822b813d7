// Wholes cut into parts, one above the other, so that who people are stands over what they made.
import type { Drawing } from '../chart';
import type { Colour } from '../theme';
import { group, names, rect, rowLabels, series, words, type Mark } from './custom';
import { hatch } from './hatch';

export interface Part extends Mark {
  value: number;
  colour: Colour;
  label: string;
}

export interface Whole {
  name: string;
  /** Two at most: their labels stand at the ends, where there is little room one above and one below. */
  parts: Part[];
  /** What is said where it is not told which parts there are, and whether that is hidden. */
  instead: (Mark & { text: string; hidden: boolean }) | null;
}

const ROW = 92;
const THICK = 34;

export const drawSplit = (wholes: Whole[]): Drawing => ({
  height: () => wholes.length * ROW,
  option: (palette, width) => {
    const left = 112;
    const narrow = width < 560;
    const parts = wholes.flatMap(({ parts }, row) => {
      let from = 0;
      return parts.map((part) => ({ ...part, row, from: (from += part.value) - part.value }));
    });
    return {
      grid: { left, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'value', min: 0, max: 1, show: false },
      yAxis: {
        ...names(wholes.map(({ name }) => name), { ...rowLabels(left, palette), formatter: '{name|{value}}' }),
        inverse: true,
      },
      series: [
        series(
          wholes.flatMap(({ parts, instead }, row) => (parts.length === 0 && instead ? [{ ...instead, row }] : [])),
          ({ row }) => [0, row],
          ({ row, text, hidden }, place) => {
            const [x, y] = place.coord([0, row]);
            const wide = place.size([1, 0])[0];
            const box = [x, y - THICK / 2, wide, THICK] as const;
            return group([
              rect(...box, { fill: palette.faint }, 4),
              ...(hidden ? [hatch(...box, palette.line)] : []),
              words(text, x + wide / 2, y, palette, { align: 'center', backgroundColor: palette.card, padding: [2, 6] }),
            ]);
          },
        ),
        series(
          parts,
          ({ from, row }) => [from, row],
          ({ from, row, value, colour, label }, place) => {
            const [x, y] = place.coord([from, row]);
            const wide = place.size([value, 0])[0] - 2;
            const [edge, align] = from === 0 ? [x, 'left'] : [x + wide, 'right'];
            const side = narrow && from > 0 ? 1 : -1;
            return group([
              rect(x, y - THICK / 2, wide, THICK, { fill: palette[colour] }, 4),
              words(label, edge, y + side * (THICK / 2 + 11), palette, { align }),
            ]);
          },
        ),
      ],
    };
  },
});
