// What stands behind a figure: its definition and its receipt, asked for only once somebody opens them.
import { useEffect, useId, useRef, useState } from 'react';
import { EvidenceDocument, type DefinitionTextFragment, type ReceiptTextFragment } from '../gql/graphql';
import { useAnswer } from './client';
import type { Named } from './reference';
import type { Scope } from './scope';
import { useSpeech } from './speech';

interface Props {
  figures: Named[];
  at: number;
  scope: Scope;
  onClose: () => void;
}

export default function EvidenceDialog({ figures, at, scope, onClose }: Props) {
  const { say } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState(at);
  const [title, which] = [useId(), useId()];
  useEffect(() => dialog.current?.showModal(), []);
  const figure = figures[chosen];
  return (
    <dialog
      ref={dialog}
      className="evidence"
      aria-labelledby={title}
      onClose={onClose}
      // A press beside the dialog's content falls upon the dialog itself.
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="evidence-sheet">
        <header>
          <h2 id={title}>{say.evidence.title}</h2>
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            {say.evidence.close}
          </button>
        </header>
        {figures.length > 1 && (
          <p className="evidence-which">
            <label htmlFor={which}>{say.evidence.which}</label>
            <select id={which} value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
              {figures.map(({ name }, index) => (
                <option key={index} value={index}>
                  {name}
                </option>
              ))}
            </select>
          </p>
        )}
        {figures.length === 1 && figure && <h3>{figure.name}</h3>}
        {figure && <Behind key={chosen} figure={figure} scope={scope} />}
      </div>
    </dialog>
  );
}

function Behind({ figure, scope }: { figure: Named; scope: Scope }) {
  const { say } = useSpeech();
  const answer = useAnswer(EvidenceDocument, { ...scope, ...figure.reference.ask });
  const found = answer.data?.figures && figure.reference.find(answer.data.figures);
  if (answer.fetching || answer.computing) return <p role="status">{say.evidence.loading}</p>;
  if (!found) return <p role="alert">{say.evidence.failed}</p>;
  return (
    <>
      {found.definition && <Definition definition={found.definition} />}
      <Receipt receipt={found.receipt} />
    </>
  );
}

function Definition({ definition }: { definition: DefinitionTextFragment }) {
  const { say } = useSpeech();
  const parts = ['formula', 'window', 'denominator', 'exclusions', 'privacy', 'source'] as const;
  return (
    <section>
      <p className="evidence-name">
        {definition.name} <code>{definition.id}</code>
      </p>
      <p>{definition.explanation}</p>
      <dl>
        {parts.map((part) => (
          <div key={part}>
            <dt>{say.evidence[part]}</dt>
            <dd className={part === 'formula' ? 'formula' : undefined}>{definition[part]}</dd>
          </div>
        ))}
        <div>
          <dt>{say.evidence.eventTypes}</dt>
          <dd>
            {definition.eventTypes.map((type) => (
              <code key={type}>{type}</code>
            ))}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Receipt({ receipt }: { receipt: ReceiptTextFragment | null }) {
  const { say, format } = useSpeech();
  const [copied, setCopied] = useState(false);
  if (!receipt) return <p className="note">{say.evidence.none}</p>;
  const copy = () => void navigator.clipboard.writeText(receipt.text).then(() => setCopied(true));
  return (
    <section className="receipt">
      <header>
        <h3>{say.evidence.receipt}</h3>
        <button type="button" onClick={copy}>
          {say.evidence.copy}
        </button>
        <span role="status">{copied ? say.evidence.copied : ''}</span>
      </header>
      <p className="note">{say.evidence.explained}</p>
      <dl>
        <Kept name={say.evidence.inputs} value={receipt.inputs === null ? null : format.whole(receipt.inputs)} />
        <Kept name={say.evidence.lastEvent} value={receipt.lastEvent} />
        <Kept name={say.evidence.digest} value={receipt.digest} />
      </dl>
      <pre tabIndex={0} role="group" aria-label={say.evidence.receipt}>
        {receipt.text}
      </pre>
    </section>
  );
}

const Kept = ({ name, value }: { name: string; value: string | null }) =>
  value === null ? null : (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
