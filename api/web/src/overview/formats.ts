// Numbers, shares, days and durations as each language writes them.
import type { Span } from './period';
import type { Language } from './view';

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };
const HOUR = 3600;

/** What a number goes with, by its plural form. */
export interface Forms {
  one: string;
  other: string;
}

const units = {
  en: {
    point: { one: 'point', other: 'points' },
    day: { one: 'day', other: 'days' },
    to: '–',
  },
  fr: {
    point: { one: 'point', other: 'points' },
    day: { one: 'jour', other: 'jours' },
    to: ' à ',
  },
};

/** Made once a language: making them costs more than using them. */
export function formatsIn(language: Language) {
  const locale = LOCALES[language];
  const own = units[language];
  const numbers = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    // A hyphen is too short to be read as a minus from afar.
    return (value: number) => format.format(value).replace('-', '−');
  };
  const days = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const plurals = new Intl.PluralRules(locale);
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const [whole, upToTenth, tenth, hundredth, signed] = [
    numbers({ maximumFractionDigits: 0 }),
    numbers({ maximumFractionDigits: 1 }),
    numbers(one),
    numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    numbers({ ...one, signDisplay: 'exceptZero' }),
  ];
  const [percent, roundPercent] = [numbers({ style: 'percent', ...one }), numbers({ style: 'percent' })];
  const [full, short, month] = [
    days({ day: 'numeric', month: 'long', year: 'numeric' }),
    days({ day: 'numeric', month: 'short' }),
    days({ day: 'numeric', month: 'short', year: 'numeric' }),
  ];
  const date = (day: string) => new Date(`${day}T00:00Z`);
  const form = (value: number, forms: Forms) => (plurals.select(value) === 'one' ? forms.one : forms.other);
  const duration = (seconds: number) => {
    if (seconds < HOUR) return `${whole(seconds / 60)}\u00a0min`;
    if (seconds < 48 * HOUR) return `${(seconds < 10 * HOUR ? upToTenth : whole)(seconds / HOUR)}\u00a0h`;
    const span = Math.round((seconds / (24 * HOUR)) * 10) / 10;
    return `${upToTenth(span)}\u00a0${form(span, own.day)}`;
  };
  const index = (value: number) =>
    value !== 0 && Math.abs(value) < 0.1 ? numbers({ maximumSignificantDigits: 2 })(value) : hundredth(value);
  const counted = (value: number, forms: Forms) => `${whole(value)}\u00a0${form(value, forms)}`;
  return {
    locale,
    /** Which form of a word goes with a number. */
    form,
    /** A whole number. */
    whole,
    /** A whole number and what is counted. */
    counted,
    /** An index, with two decimals; more where it would be nothing otherwise. */
    index,
    /** From one index to another. */
    indices: (lower: number, upper: number) => `${index(lower)}${own.to}${index(upper)}`,
    /** A number with as many decimals as it needs, two at most. */
    decimal: numbers({ maximumFractionDigits: 2 }),
    /** A share from 0 to 1, as a percentage with one decimal. */
    percent,
    /** The same without decimals, where there is little room. */
    roundPercent,
    /** From one share to another. */
    percents: (lower: number, upper: number) => `${tenth(lower * 100)}${own.to}${percent(upper)}`,
    /** The same without decimals. */
    roundPercents: (lower: number, upper: number) => `${whole(lower * 100)}${own.to}${roundPercent(upper)}`,
    /** The difference of two shares, in points of percentage. */
    points: (difference: number) => {
      const points = difference * 100;
      const shown = Math.round(points * 10) / 10;
      return `${signed(shown === 0 ? 0 : shown)}\u00a0${form(Math.abs(shown), own.point)}`;
    },
    day: (day: string) => full.format(date(day)),
    shortDay: (day: string) => short.format(date(day)),
    /** From a day to another, the shortest way it can be written. */
    span: ({ first, last }: Span) =>
      first === last ? month.format(date(first)) : month.formatRange(date(first), date(last)),
    /** A duration in seconds, to the precision that it is read with. */
    duration,
    /** From one duration to another, or to any. */
    durations: (lower: number, upper: number | null) =>
      upper === null ? `≥\u00a0${duration(lower)}` : `${duration(lower)}${own.to}${duration(upper)}`,
  };
}

export type Formats = ReturnType<typeof formatsIn>;
