/** The form in which a computed field is written. */
import { ExpressionEditor, type EditorHandle, type Verdict } from "@/catalogue/expression";
import { RESULTS, type FieldBody } from "@/model/design/formulas";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Skeleton } from "@/ui/Skeleton";
import { showToast } from "@/ui/toast";
import { useHotkey } from "@/ui/useHotkey";
import { useNarrow } from "@/ui/useMedia";
import { useTitle } from "@/ui/useTitle";
import { IconArrowLeft, IconListDetails, IconWand } from "@tabler/icons-react";
import { Button, Input, Select } from "antd";
import { Suspense, lazy, useCallback, useId, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useFormulaFacts, usePreview, type Draft } from "../draft";
import { placeOf } from "@/model/design/formulas";
import { listAddress } from "./address";
import { Facts } from "./Facts";
import { useFieldDraft } from "./useFieldDraft";

const TryIt = lazy(() => import("@/catalogue/expression/TryIt"));
const HelpPanel = lazy(() => import("@/catalogue/expression/HelpPanel"));
const RecipeDialog = lazy(() => import("@/catalogue/expression/RecipeDialog"));
const Drawer = lazy(() => import("antd/es/drawer"));

interface Props {
  readonly app: string;
  readonly form: string;
  readonly field: string | null;
  readonly draft: Draft;
  readonly body: FieldBody;
}

export function FormulaForm({ app, form, field, draft, body }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const narrow = useNarrow();
  const editor = useRef<EditorHandle>(null);
  const saved = useRef(false);
  const work = useFieldDraft({ app, form, field, draft, body });
  const { edit, dirty, missing } = work;
  const subject = useMemo(() => ({ app, form, draft: true }), [app, form]);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [tried, setTried] = useState(false);
  const [recipes, setRecipes] = useState(false);
  const [help, setHelp] = useState(false);
  const fact = useFormulaFacts(app).data?.find((one) => one.form === form && one.field === field);
  const issues = (usePreview(app, draft).data?.issues ?? []).filter(({ path }) => placeOf(path)?.form === form && placeOf(path)?.field === field);
  const guard = useCallback(() => dirty && !saved.current, [dirty]);
  const title = field === null ? t("design.formula.new") : format.label(body.label) || field;
  useTitle(title);
  const save = async (): Promise<void> => {
    setTried(true);
    if (missing.length > 0) return missing.includes("formula") && missing.length === 1 ? editor.current?.focus() : undefined;
    if (!(await work.save())) return;
    saved.current = true;
    showToast({ text: t("design.formula.saved", { name: format.label(work.body.label) }) });
    void navigate(listAddress(app));
  };
  useHotkey("s", () => {
    if (!work.saving && !document.querySelector("dialog[open]")) void save();
  });
  const insert = (text: string): void => {
    setHelp(false);
    editor.current?.insert(text);
  };
  const panel = (
    <Suspense fallback={<Skeleton lines={8} />}>
      <HelpPanel subject={subject} onInsert={insert} />
    </Suspense>
  );
  return (
    <div className="formula-page">
      <LeaveGuard active={guard} />
      <div className="formula-main">
        <header className="formula-head">
          <Link to={listAddress(app)} className="design-back"><IconArrowLeft size={16} aria-hidden />{t("design.formulas.title")}</Link>
          <h1>{title}</h1>
          <p className="muted">{format.label(draft.document.forms?.[form]?.label) || form}</p>
        </header>
        <section className="design-card" aria-label={t("design.formula.field")}>
          <div className="formula-fields">
            <Labelled label={t("design.formula.labelEn")} problem={tried && missing.includes("label") ? t("design.formula.labelMissing") : ""}>
              {(id, describedBy) => <Input id={id} value={edit.en} maxLength={100} autoFocus={field === null} aria-describedby={describedBy} onChange={(event) => work.set({ en: event.target.value })} />}
            </Labelled>
            <Labelled label={t("design.formula.labelZh")}>
              {(id) => <Input id={id} value={edit.zh} maxLength={100} lang="zh-CN" onChange={(event) => work.set({ zh: event.target.value })} />}
            </Labelled>
            <Labelled label={t("design.formula.result")}>
              {(id) => <Select<string> id={id} value={edit.result} options={RESULTS.map((value) => ({ value, label: t(`design.result.${value}`) }))} onChange={(result) => work.set({ result })} />}
            </Labelled>
            <Labelled label={t("design.formula.key")} problem={keyProblem(missing, t)}>
              {(id, describedBy) =>
                field === null ? (
                  <Input id={id} value={edit.key ?? work.key} maxLength={40} spellCheck={false} aria-describedby={describedBy} onChange={(event) => work.set({ key: event.target.value })} />
                ) : (
                  <Input id={id} value={field} readOnly variant="filled" />
                )
              }
            </Labelled>
          </div>
        </section>
        <section className="design-card" aria-label={t("design.formula.formula")}>
          <div className="formula-tools">
            <h2>{t("design.formula.formula")}</h2>
            <Button icon={<IconWand size={16} />} onClick={() => setRecipes(true)}>{t("expression.recipes")}</Button>
            {narrow ? <Button icon={<IconListDetails size={16} />} onClick={() => setHelp(true)}>{t("expression.help.title")}</Button> : null}
          </div>
          <Suspense fallback={<Skeleton lines={3} />}>
            <ExpressionEditor
              ref={editor}
              subject={subject}
              value={edit.formula}
              onChange={(formula) => work.set({ formula })}
              expects={edit.result}
              label={t("design.formula.formula")}
              placeholder={t("design.formula.placeholder")}
              onVerdict={setVerdict}
            />
          </Suspense>
          {tried && missing.includes("formula") ? <p className="design-problem" role="alert">{t("design.formula.formulaMissing")}</p> : null}
          {dirty ? null : issues.map((issue, index) => <p key={index} className="design-problem">{issue.message}</p>)}
          <Facts subject={subject} formula={edit.formula} fact={dirty ? undefined : fact} />
        </section>
        <section className="design-card">
          <Suspense fallback={<Skeleton lines={3} />}>
            <TryIt subject={subject} verdict={verdict} expects={edit.result} onSetOff={(range) => editor.current?.setOff(range)} />
          </Suspense>
        </section>
      </div>
      {narrow ? null : <div className="formula-side">{panel}</div>}
      <footer className="design-foot">
        <p role="alert" className={work.error ? "design-problem" : "muted"}>
          {work.contested ? t("design.formula.contested") : work.error ? errorText(work.error) : dirty ? t("design.formula.unsaved") : ""}
        </p>
        {work.contested ? (
          <>
            <Button onClick={() => work.settle("theirs")}>{t("design.formula.takeTheirs")}</Button>
            <Button type="primary" onClick={() => work.settle("mine")}>{t("design.formula.keepMine")}</Button>
          </>
        ) : (
          <>
            <Button onClick={() => void navigate(listAddress(app))}>{t("ui.cancel")}</Button>
            <Button type="primary" loading={work.saving} title="Ctrl+S" onClick={() => void save()}>{t("design.formula.save")}</Button>
          </>
        )}
      </footer>
      {recipes ? <Suspense fallback={null}><RecipeDialog subject={subject} onInsert={insert} onClose={() => setRecipes(false)} /></Suspense> : null}
      {narrow && help ? (
        <Suspense fallback={null}>
          <Drawer open placement="bottom" size="large" title={t("expression.help.title")} onClose={() => setHelp(false)}>{panel}</Drawer>
        </Suspense>
      ) : null}
    </div>
  );
}

function keyProblem(missing: readonly string[], t: (key: string) => string): string {
  if (missing.includes("taken")) return t("design.formula.keyTaken");
  return missing.includes("key") ? t("design.formula.keyWrong") : "";
}

/** A label over a control, and what is wrong with it underneath. */
function Labelled({ label, problem = "", children }: { label: string; problem?: string; children: (id: string, describedBy: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="formula-field">
      <label htmlFor={id}>{label}</label>
      {children(id, `${id}-problem`)}
      <p id={`${id}-problem`} className="design-problem">{problem}</p>
    </div>
  );
}
