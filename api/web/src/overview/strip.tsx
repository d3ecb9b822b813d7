// A line of figures, each of which opens what stands behind it.
import type { Suppression } from '../gql/graphql';
import { useOpen, type Named } from './reference';
import { useSpeech } from './speech';
import { hides, reason } from './table';

export interface StripFigure {
  name: string;
  /** In words; null where there is none to show. */
  value: string | null;
  suppressed: Suppression | null;
  /** What it is out of, or beside. */
  detail?: string;
  /** Of the part of a drawing that it belongs to. */
  swatch?: string;
  evidence: Named;
}

export function Strip({ figures }: { figures: StripFigure[] }) {
  const open = useOpen();
  const all = figures.map(({ evidence }) => evidence);
  return (
    <ul className="strip">
      {figures.map((figure, at) => (
        <li key={figure.name}>
          <button type="button" onClick={() => open(all, at)}>
            <span className="strip-name">
              {figure.swatch && <i className={`swatch ${figure.swatch}`} />}
              {figure.name}
            </span>
            <Told value={figure.value} suppressed={figure.suppressed} />
            {figure.detail && figure.value !== null && <span className="strip-detail">{figure.detail}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Why nothing is shown, in a sentence. */
export function Unshown({ why }: { why: Suppression[] }) {
  const { say } = useSpeech();
  return <p className="empty">{say.unshown(why.map((one) => say.suppressed[one]).join('; '))}</p>;
}

/** A value, or why it is hidden: by its pattern and in a word or two, which the panel explains below. */
export function Told({ value, suppressed }: { value: string | null; suppressed: Suppression | null }) {
  const speech = useSpeech();
  const { say } = speech;
  if (suppressed) {
    return (
      <span className="told withheld" title={reason(suppressed, speech)}>
        {hides(suppressed) && `${say.hidden} `}
        <small>{say.brief[suppressed]}</small>
      </span>
    );
  }
  return <span className="told">{value ?? '–'}</span>;
}
