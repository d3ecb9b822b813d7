// Tables as files for spreadsheets: UTF-8 with the mark that Excel looks for, values as they are (RFC 4180).

export type Raw = string | number | null;

/** A spreadsheet takes text that begins like this for a formula, and would carry it out. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(raw: Raw): string {
  if (raw === null) return '';
  // A number is never a formula: a negative one stays as it is.
  if (typeof raw === 'number') return String(raw);
  const text = FORMULA.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a file, a line for each row. */
export const csv = (rows: Raw[][]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
