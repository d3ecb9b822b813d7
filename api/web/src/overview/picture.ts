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
  /** What whoever sees it must know. */
  mark?: string | undefined;
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

/** Words in one style, in as many lines as they need. */
interface Text {
  lines: string[];
  font: string;
  colour: string;
  /** From one line to the next, in pixels. */
  leading: number;
}

async function sheet(
  width: number,
  height: number,
  caption: Caption,
  legend: Legend[],
  palette: Palette,
  draw: (on: Sheet, top: number) => void,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const text = (words: string, style: string, colour: string, leading: number): Text => {
    const font = `${style} ${palette.font}`;
    return { lines: wrapped(context, words, font, width), font, colour, leading };
  };
  const above = [
    text(caption.title, '650 18px', palette.ink, 24),
    text(caption.scope, '400 12px', palette.quiet, 17),
    ...(caption.mark ? [text(caption.mark, '600 12px', palette.ink, 17)] : []),
  ];
  const source = text(caption.source, '400 11px', palette.quiet, 15);
  const key = MARGIN + heightOf(above) + 8;
  const top = key + (legend.length > 0 ? 26 : 6);
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (top + height + 8 + heightOf([source]) + MARGIN) * SCALE;
  context.scale(SCALE, SCALE);
  context.fillStyle = palette.card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  above.reduce((y, one) => write(context, one, y), MARGIN);
  writeLegend(context, legend, key, palette);
  draw({ context, palette, width }, top);
  write(context, source, top + height + 8);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the picture is empty'))), 'image/png'),
  );
}

const heightOf = (texts: Text[]): number => texts.reduce((sum, { lines, leading }) => sum + lines.length * leading, 0);

/** The lines that words make in so much room. */
function wrapped(context: CanvasRenderingContext2D, words: string, font: string, room: number): string[] {
  context.font = font;
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Writes from a height on, and says where it ends. */
function write(context: CanvasRenderingContext2D, { lines, font, colour, leading }: Text, top: number): number {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = 'left';
  lines.forEach((line, at) => context.fillText(line, MARGIN, top + (at + 0.5) * leading));
  return top + lines.length * leading;
}

function writeLegend(context: CanvasRenderingContext2D, legend: Legend[], top: number, palette: Palette): void {
  context.font = `400 12px ${palette.font}`;
  let x = MARGIN;
  for (const { colour, name } of legend) {
    context.fillStyle = palette[colour];
    context.fillRect(x, top, 10, 10);
    context.fillStyle = palette.ink;
    context.fillText(name, x + 16, top + 5);
    x += 16 + context.measureText(name).width + 20;
  }
}
