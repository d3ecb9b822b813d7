// Pictures of panels for slides: the drawing, or the table where there is none, under its title, at twice the size.
import type { EChartsType } from 'echarts/core';
import type { Table } from './table';
import type { Colour, Palette } from './theme';

const SCALE = 2;
const MARGIN = 24;
const ROW = 26;
/** Of a table: its first column, and the others. */
const [FIRST, OTHER] = [220, 150];

export interface Caption {
  title: string;
  /** Of whom and when. */
  scope: string;
  /** By which definition. */
  source: string;
}

/** What a colour stands for. */
export interface Legend {
  colour: Colour;
  name: string;
}

interface Sheet {
  context: CanvasRenderingContext2D;
  palette: Palette;
  width: number;
}

/** Saves a file that was made here. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The picture of a drawing, as PNG. */
export async function pictureOfChart(chart: EChartsType, caption: Caption, legend: Legend[], palette: Palette) {
  const image = new Image();
  image.src = chart.getDataURL({ type: 'svg' });
  await image.decode();
  const [width, height] = [chart.getWidth(), chart.getHeight()];
  return sheet(width, height, caption, legend, palette, ({ context }, top) =>
    context.drawImage(image, MARGIN, top, width, height),
  );
}

/** The picture of a table, as PNG. */
export const pictureOfTable = (table: Table, caption: Caption, palette: Palette) =>
  sheet(FIRST + OTHER * (table.columns.length - 1), (table.rows.length + 1) * ROW, caption, [], palette, (on, top) => {
    const lines = [table.columns.map(({ name }) => name), ...table.rows.map((row) => row.map(({ text }) => text))];
    lines.forEach((cells, line) => writeRow(on, cells, top + line * ROW, line === 0));
  });

function writeRow({ context, palette, width }: Sheet, cells: string[], top: number, head: boolean): void {
  context.font = `${head ? 600 : 400} 12px ${palette.font}`;
  context.fillStyle = head ? palette.quiet : palette.ink;
  cells.forEach((words, at) => {
    context.textAlign = at === 0 ? 'left' : 'right';
    const [x, room] = at === 0 ? [MARGIN, FIRST] : [MARGIN + FIRST + at * OTHER, OTHER - 8];
    context.fillText(words, x, top + ROW / 2, room);
  });
  context.fillStyle = palette.line;
  context.fillRect(MARGIN, top + ROW - 1, width, 1);
}

async function sheet(
  width: number,
  height: number,
  caption: Caption,
  legend: Legend[],
  palette: Palette,
  draw: (on: Sheet, top: number) => void,
): Promise<Blob> {
  const top = MARGIN + 48 + (legend.length > 0 ? 24 : 0);
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (top + height + 20 + MARGIN) * SCALE;
  const context = canvas.getContext('2d')!;
  context.scale(SCALE, SCALE);
  context.fillStyle = palette.card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  const write = (words: string, y: number, style: string, colour: string, x = MARGIN) => {
    context.font = `${style} ${palette.font}`;
    context.fillStyle = colour;
    context.textAlign = 'left';
    context.fillText(words, x, y);
    return context.measureText(words).width;
  };
  write(caption.title, MARGIN + 8, '650 18px', palette.ink);
  write(caption.scope, MARGIN + 31, '400 12px', palette.quiet);
  let x = MARGIN;
  for (const { colour, name } of legend) {
    context.fillStyle = palette[colour];
    context.fillRect(x, MARGIN + 50, 10, 10);
    x += 16 + write(name, MARGIN + 55, '400 12px', palette.ink, x + 16) + 20;
  }
  draw({ context, palette, width }, top);
  write(caption.source, top + height + 16, '400 11px', palette.quiet);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the picture is empty'))), 'image/png'),
  );
}
