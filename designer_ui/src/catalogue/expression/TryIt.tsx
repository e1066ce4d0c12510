/** The expression on a real record: its value, and the value of every part of it. */
import { useLookup, type Json } from "@/api";
import { pathOf, rangeOf, scan, stepsOf, typeLabel, type Names, type Range } from "@/model/expression";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { evaluateExpression, type Step, type Subject } from "./calls";
import { ExpressionText } from "./ExpressionText";
import { useLexicon } from "./useLexicon";
import { useValueText } from "./useValueText";
import type { Verdict } from "./useCheck";

interface Props {
  readonly subject: Subject;
  /** The last text that was checked; only one without problems is computed. */
  readonly verdict: Verdict | null;
  /** The kind of value that must come out: a share shows as percent. */
  readonly expects?: string | undefined;
  readonly onSetOff: (range: Range | null) => void;
}

export default function TryIt({ subject, verdict, expects, onSetOff }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ readonly id: number; readonly title: string } | null>(null);
  const [typed, setTyped] = useState("");
  const text = useDeferredValue(typed);
  const label = useId();
  const found = useLookup(subject.app, subject.form, text, subject.form !== "");
  const records = (found.data?.records ?? []).map(({ id, title }) => ({ id, title: title || `#${id}` }));
  // Something to look at from the start: the newest record.
  const shown = chosen ?? (typed === "" ? records[0] : undefined) ?? null;
  const options = shown && !records.some(({ id }) => id === shown.id) ? [shown, ...records] : records;
  return (
    <section className="x-try" aria-label={t("expression.try.title")}>
      <div className="x-try-head">
        <h2>{t("expression.try.title")}</h2>
        <label id={label} htmlFor={`${label}-box`}>{t("expression.try.record")}</label>
        <Select<number>
          id={`${label}-box`}
          className="x-try-record"
          value={shown?.id ?? null}
          options={options.map(({ id, title }) => ({ value: id, label: title }))}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          loading={found.isFetching}
          notFoundContent={<span className="muted">{t("expression.try.noRecord")}</span>}
          onChange={(id) => setChosen(options.find((record) => record.id === id) ?? null)}
        />
      </div>
      {found.data && records.length === 0 && typed === "" ? <p className="muted">{t("expression.try.noRecords")}</p> : null}
      {shown ? <Outcome subject={subject} verdict={verdict} expects={expects} record={shown.id} onSetOff={onSetOff} /> : null}
    </section>
  );
}

function Outcome({ subject, verdict, expects, record, onSetOff }: Props & { record: number }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const valueText = useValueText();
  const text = verdict?.text ?? "";
  const ready = verdict !== null && verdict.type !== null && verdict.problems.length === 0;
  const outcome = useQuery({
    queryKey: ["form", subject.app, subject.form, "try", record, text],
    queryFn: ({ signal }) => evaluateExpression(subject, text, record, signal),
    enabled: ready,
    placeholderData: (before) => before,
    retry: false,
  });
  if (!ready) return <p className="muted">{t(text.trim() === "" ? "expression.try.empty" : "expression.try.wrong")}</p>;
  if (outcome.isError) return <p className="x-problem"><IconAlertTriangle size={16} aria-hidden /><span>{errorText(outcome.error)} {subject.draft ? t("expression.try.published") : ""}</span></p>;
  if (!outcome.data) return null;
  const { value, type, error, steps } = outcome.data;
  return (
    <>
      <dl className="x-outcome" aria-live="polite">
        <dt>{t("expression.try.result")}</dt>
        <dd>{error ? <><strong className="x-error">{error.code}</strong> {error.message}</> : <strong>{valueText(value, typeof value === "number" ? (expects ?? type) : type, null)}</strong>}</dd>
      </dl>
      {outcome.isPlaceholderData ? null : <Steps text={text} steps={steps} subject={subject} onSetOff={onSetOff} />}
    </>
  );
}

function Steps({ text, steps, subject, onSetOff }: { text: string; steps: readonly Step[]; subject: Subject; onSetOff: Props["onSetOff"] }) {
  const { t } = useTranslation();
  const { names, show, listOf } = useLexicon(subject);
  const shown = steps.map((step) => ({ step, range: rangeOf(text, step.position, step.length) }));
  // The same words twice have the same value, but what LET names may stand for is told once where it is first used.
  const different = shown.filter(({ range }, index) => shown.findIndex((other) => same(text, other.range, range)) === index);
  if (different.length < 2) return null;
  return (
    <div className="x-steps" role="region" aria-label={t("expression.try.steps")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("expression.try.part")}</th>
            <th scope="col">{t("expression.try.value")}</th>
            <th scope="col">{t("expression.try.type")}</th>
          </tr>
        </thead>
        <tbody>
          {different.map(({ step, range }) => (
            <tr key={`${range.from}-${range.to}`} onMouseEnter={() => onSetOff(range)} onMouseLeave={() => onSetOff(null)}>
              <td>
                <button type="button" className="x-part" onFocus={() => onSetOff(range)} onBlur={() => onSetOff(null)} onClick={() => onSetOff(range)}>
                  <ExpressionText text={text.slice(range.from, range.to)} names={names} />
                </button>
              </td>
              <td><StepValue step={step} text={text.slice(range.from, range.to)} names={names} /></td>
              <td className="muted">{typeLabel(names, step.type, show, listOf)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const same = (text: string, one: Range, other: Range): boolean => text.slice(one.from, one.to) === text.slice(other.from, other.to);

/** Of a long list so many are enough to see what it is about. */
const MOST_ITEMS = 12;

function StepValue({ step, text, names }: { step: Step; text: string; names: Names }) {
  const { t } = useTranslation();
  const format = useFormat();
  const valueText = useValueText();
  if (step.error) return <span className="x-error" title={step.error.message}>{step.error.code}<span className="sr-only"> {step.error.message}</span></span>;
  const [token] = scan(text);
  const field = token?.kind === "field" && token.end === text.length ? (stepsOf(names, pathOf(token))?.at(-1) ?? null) : null;
  const value = Array.isArray(step.value) ? (step.value.slice(0, MOST_ITEMS) as Json) : step.value;
  const more = (step.count ?? 0) - (Array.isArray(value) ? value.length : 0);
  if (step.count === 0) return <span className="muted">{t("expression.emptyList")}</span>;
  return (
    <>
      {step.count === null ? null : <span className="x-count num">{format.number(step.count)}</span>}
      <span className={step.value === null ? "muted" : ""}>{valueText(value, step.type, field)}</span>
      {more > 0 ? <span className="muted"> {t("expression.moreItems", { shown: format.number(more) })}</span> : null}
    </>
  );
}
