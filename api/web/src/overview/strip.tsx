// A line of figures, each of which opens what stands behind it.
import type { Suppression } from '../gql/graphql';
import { useOpen, type Named } from './reference';
import { useSpeech } from './speech';
import { hides } from './table';

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

/** A value, or why it is hidden: by its pattern and in words. */
export function Told({ value, suppressed }: { value: string | null; suppressed: Suppression | null }) {
  const { say } = useSpeech();
  if (suppressed) {
    return (
      <span className="told withheld">
        {hides(suppressed) && `${say.hidden} `}
        <small>{say.suppressed[suppressed]}</small>
      </span>
    );
  }
  return <span className="told">{value ?? '–'}</span>;
}
