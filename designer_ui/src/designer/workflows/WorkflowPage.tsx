/** For an app's administrator: one workflow, drawn and changed. */
import { useNames } from "@/catalogue/expression/calls";
import {
  copied, differences, duplicated, freshNode, freshTestKey, insertOn, isSame, lostWith, movedTo, nodeAt, nodesOf, pasted, problemsOf, removeNode, START, testAt, testOf, together, wayOn, withMember, withTest, type Change, type Edge, type Edited, type Marks, type Scenario, type Workflow,
} from "@/model/workflows";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Skeleton } from "@/ui/Skeleton";
import { Dialog } from "@/ui/Dialog";
import { showToast } from "@/ui/toast";
import { useNarrow, usePhone } from "@/ui/useMedia";
import { useTitle } from "@/ui/useTitle";
import { IconSitemap, IconX } from "@tabler/icons-react";
import { Suspense, lazy, useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useDefinition, useDraft, usePreview, type Draft } from "../draft";
import { DraftBar } from "../publish/DraftBar";
import { Canvas } from "./canvas/Canvas";
import { usePeople } from "./calls";
import { clipboard, keepClip } from "./clipboard";
import { workflowsIn } from "./document";
import type { PanelScene } from "./panel/scene";
import { StartPanel } from "./panel/StartPanel";
import { Simulator, TestsPanel } from "./play";
import { NO_PLAY, type Editing } from "./play/state";
import { ProblemList, type ShownProblem } from "./ProblemList";
import { Toolbar, type Stage } from "./Toolbar";
import { useWorkflowEdit } from "./useWorkflowEdit";
import { useFlowWords } from "./words";
import "../design.css";
import "../permissions/permissions.css";
import "@/catalogue/workflow/diagram.css";
import "./workflows.css";

const AddDialog = lazy(() => import("./AddDialog"));
const FindDialog = lazy(() => import("./FindDialog"));
const JsonDialog = lazy(() => import("./JsonDialog"));
/** What can be said of a step is much, and nobody begins with it: it comes once the page is there. */
const nodePanel = () => import("./panel/NodePanel");
const NodePanel = lazy(async () => ({ default: (await nodePanel()).NodePanel }));
const StepList = lazy(() => import("./StepList"));
const VersionsDialog = lazy(() => import("./VersionsDialog"));

export function WorkflowPage() {
  const { app = "", key = "" } = useParams();
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const draft = useDraft(app);
  if (draft.isPending) return <Skeleton lines={8} />;
  if (draft.isError) return <ErrorView error={draft.error} onRetry={() => void draft.refetch()} />;
  if (!workflowsIn(draft.data.document)[key]) {
    return <EmptyState heading="h1" icon={<IconSitemap size={24} />} title={t("flow.missing")} actions={<Link to={`/a/${app}/design/workflows`}>{t("flow.title")}</Link>} />;
  }
  // A link to a step or a test of the workflow that is open already leads there, too.
  return <Designer key={[app, key, search.get("node"), search.get("test")].join("/")} app={app} name={key} draft={draft.data} />;
}

type Open = { readonly what: "add"; readonly edge: Edge } | { readonly what: "json" | "versions" | "panel" | "find" } | null;

function Designer({ app, name, draft }: { readonly app: string; readonly name: string; readonly draft: Draft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const narrow = useNarrow();
  const edit = useWorkflowEdit(app, name, draft);
  const { workflow, apply } = edit;
  const [search] = useSearchParams();
  const asked = testOf(workflow, search.get("test"));
  const published = workflowsIn(useDefinition(app).data)[name];
  const names = useNames({ app, form: "", draft: true }).data;
  const people = usePeople();
  const words = useFlowWords({ document: draft.document, workflow, names, people });
  const [chosen, setChosen] = useState(search.get("node") ?? START);
  const [open, setOpen] = useState<Open>(null);
  const [comparing, setComparing] = useState(false);
  const own = `${app}/${name}`;
  const [stage, setStage] = useState<Stage>(asked ? "tests" : null);
  const [play, setPlay] = useState(NO_PLAY);
  const [marks, setMarks] = useState<Marks | null>(null);
  const [editing, setEditing] = useState<Editing | null>(asked ?? null);
  const panel = useRef<HTMLElement>(null);
  const selected = chosen === START || nodesOf(workflow)[chosen] ? chosen : START;
  const problems = useProblems(app, name, draft, workflow, edit.state === "kept");
  const wrong = useMemo(() => new Set(problems.map(({ node }) => node ?? START)), [problems]);
  const difference = useMemo(() => differences(published, workflow), [published, workflow]);
  const changes = useMemo(() => new Map<string, Change>(difference.nodes.map(({ key, change }) => [key, change])), [difference]);
  const label = format.label(workflow.label) || name;
  useTitle(label);
  const scene: PanelScene = { app, document: draft.document, workflow, words, names, people };
  const choose = (key: string): void => {
    setChosen(key);
    // A dialog that closes gives the focus back to the card it was opened from, which is chosen by that.
    if (open) setTimeout(() => setChosen(key));
  };
  const add = (edge: Edge, type: string): void => {
    const { workflow: next, key } = insertOn(workflow, edge, freshNode(type));
    apply(next);
    choose(key);
    announce(t("flow.said.added", { name: t(`flow.add.type.${type.replace(":", "_")}`) }));
    setOpen(narrow ? { what: "panel" } : null);
  };
  const move = (key: string, edge: Edge): void => {
    const next = movedTo(workflow, key, edge);
    if (!next) return showToast({ text: t("flow.said.cannotMove") });
    apply(next);
    choose(key);
    announce(t("flow.said.moved", { name: words.node(key) }));
  };
  const paste = (edge: Edge): void => {
    setOpen(null);
    const clip = clipboard();
    if (!clip) return;
    if (clip.from === own && clip.cut !== null && nodesOf(workflow)[clip.cut]) {
      move(clip.cut, edge);
      return keepClip(null);
    }
    put(pasted(workflow, edge, clip.piece), clip.name);
  };
  const put = ({ workflow: next, key }: Edited, what: string): void => {
    apply(next);
    choose(key);
    announce(t("flow.said.added", { name: what }));
  };
  const duplicate = (key: string): void => {
    const next = duplicated(workflow, key);
    if (next) put(next, words.node(key));
    else showToast({ text: t("flow.said.cannotCopy") });
  };
  const remove = (key: string): void => {
    const next = key === START ? null : removeNode(workflow, key);
    if (!next) return showToast({ text: t(key === START ? "flow.said.keepStart" : "flow.said.keepEnd") });
    const run = (): void => {
      const led = wayOn(workflow, key)?.to;
      apply(next);
      setChosen(led !== undefined && nodesOf(next)[led] ? led : START);
      setOpen(null);
      announce(t("flow.said.removed", { name: words.node(key) }));
    };
    const count = lostWith(workflow, key);
    if (count === 0) run();
    else ask({ title: t("flow.node.removeTitle", { name: words.node(key) }), content: t("flow.node.removeHelp", { count }), okText: t("flow.node.remove"), danger: true, onOk: run });
  };
  const keep = (key: string, cut: boolean): void => {
    const piece = copied(workflow, key);
    if (!piece) return showToast({ text: t("flow.said.cannotCopy") });
    keepClip({ piece, name: words.node(key), from: own, cut: cut ? key : null });
    announce(t(cut ? "flow.said.cut" : "flow.said.copied", { name: words.node(key) }));
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.dataset["key"] === undefined) return;
    const control = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    const way = wayOn(workflow, selected);
    const run =
      event.key === "Delete" || event.key === "Backspace" ? () => remove(selected)
      : control && (letter === "c" || letter === "x") ? () => keep(selected, letter === "x")
      : control && letter === "v" && way ? () => paste(way)
      : control && letter === "d" ? () => duplicate(selected)
      : !control && (event.key === "Insert" || letter === "a") && way ? () => setOpen({ what: "add", edge: way })
      : !control && event.key === "/" ? () => setOpen({ what: "find" })
      : event.key === "F2" ? openPanel
      : null;
    if (!run) return;
    event.preventDefault();
    run();
  };
  useUndoKeys(edit.undo, edit.redo);
  useEffect(() => void nodePanel(), []);
  const openPanel = (): void => {
    setStage(null);
    if (narrow) setOpen({ what: "panel" });
    else panel.current?.querySelector<HTMLElement>("input, select, button, summary")?.focus();
  };
  const record = (test: Scenario): void => {
    const key = freshTestKey(workflow);
    apply(withTest(workflow, key, test));
    // It is kept under the name that was proposed, and waits for a better one in either language.
    setEditing({ key, test: withMember(test, "label", undefined) });
    setStage("tests");
  };
  const body = stage === "simulate" ? <Staged><Simulator scene={scene} name={name} play={play} onPlay={setPlay} onMarks={setMarks} onSelect={setChosen} onRecord={record} /></Staged>
    : stage === "tests" ? <Staged><TestsPanel scene={scene} name={name} editing={editing} onEdit={setEditing} onChange={apply} onMarks={setMarks} /></Staged>
    : selected === START ? <StartPanel scene={scene} onChange={apply} /> : <Staged><NodePanel scene={scene} nodeKey={selected} onChange={apply} onSelect={setChosen} /></Staged>;
  const title = stage ? t(`flow.stage.${stage}`) : selected === START ? t("flow.panel.workflow") : words.node(selected);
  const discard = (): void => {
    if (published) ask({ title: t("flow.discard.title"), content: t("flow.discard.help"), okText: t("flow.discard.run"), danger: true, onOk: () => apply(published) });
  };
  const shown = comparing ? together(published, workflow) : workflow;
  return (
    <div className="wd-page">
      <Toolbar
        app={app}
        label={label}
        edit={edit}
        comparing={comparing}
        canCompare={published !== undefined && !phone}
        canDiscard={published !== undefined && !isSame(difference)}
        node={selected === START ? null : { name: words.node(selected), onDuplicate: () => duplicate(selected), onCopy: () => keep(selected, false), onCut: () => keep(selected, true), onRemove: () => remove(selected) }}
        stage={stage}
        onStage={setStage}
        onCompare={() => setComparing(!comparing)}
        onDiscard={discard}
        onJson={() => setOpen({ what: "json" })}
        onVersions={() => setOpen({ what: "versions" })}
      />
      <div className="wd-bars">
        <DraftBar app={app} draft={draft} />
        {comparing ? <CompareBar difference={difference} words={words.node} /> : null}
        <ProblemList problems={problems} name={(key) => (key === null ? t("flow.panel.workflow") : words.node(key))} onGo={(key, test) => {
          if (test !== null) {
            setEditing(testOf(workflow, test) ?? null);
            return setStage("tests");
          }
          setStage(null);
          setChosen(key ?? START);
          if (narrow) setOpen({ what: "panel" });
        }} />
      </div>
      <div className="wd-work">
        {phone ? (
          <Suspense fallback={<Skeleton lines={8} />}><StepList workflow={workflow} words={words} wrong={wrong} marks={marks} onAdd={(edge) => setOpen({ what: "add", edge })} onOpen={(key) => {
            setChosen(key);
            setOpen({ what: "panel" });
          }} /></Suspense>
        ) : (
          <Canvas
            workflow={shown}
            words={words}
            selected={selected}
            onSelect={setChosen}
            onOpen={openPanel}
            onKey={keys}
            onFind={() => setOpen({ what: "find" })}
            wrong={wrong}
            marks={comparing ? null : marks}
            label={t("flow.canvas", { name: label })}
            {...(comparing ? { changes } : { onAdd: (edge: Edge) => setOpen({ what: "add", edge }), onMove: move })}
          />
        )}
        {narrow ? null : (
          <aside ref={panel} className="wd-panel" aria-label={title}>
            {stage ? <header className="wd-stagehead"><h2>{title}</h2><IconButton label={t("ui.close")} onClick={() => setStage(null)}><IconX size={18} aria-hidden /></IconButton></header> : <h2>{title}</h2>}
            {body}
          </aside>
        )}
      </div>
      {narrow && stage ? <Dialog title={title} className="wd-panel" onClose={() => setStage(null)}>{body}</Dialog> : null}
      {narrow && !stage && open?.what === "panel" ? <Dialog title={title} className="wd-panel" onClose={() => setOpen(null)}>{body}</Dialog> : null}
      <Suspense fallback={null}>
        {open?.what === "add" ? <AddDialog clipboard={clipOf(own)} onPaste={() => paste(open.edge)} onChoose={(type) => add(open.edge, type)} onClose={() => setOpen(null)} /> : null}
        {open?.what === "find" ? <FindDialog workflow={workflow} words={words} onClose={() => setOpen(null)} onGo={(key) => {
          setOpen(null);
          choose(key);
        }} /> : null}
        {open?.what === "json" ? <JsonDialog workflow={workflow} onSave={apply} onClose={() => setOpen(null)} /> : null}
        {open?.what === "versions" ? <VersionsDialog app={app} name={name} now={workflow} published={published !== undefined} words={words} onTake={apply} onClose={() => setOpen(null)} /> : null}
      </Suspense>
      <LeaveGuard active={() => edit.state === "refused"} />
    </div>
  );
}

/** What can be put on an edge of a workflow: cut is only what is from it. */
function clipOf(own: string): { readonly name: string; readonly cut: boolean } | null {
  const clip = clipboard();
  return clip && { name: clip.name, cut: clip.cut !== null && clip.from === own };
}

/** Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z) anywhere but where text is written, which has its own. */
function useUndoKeys(undo: () => void, redo: () => void): void {
  const run = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const writing = event.target instanceof HTMLElement && event.target.matches("input:not([type=checkbox], [type=radio]), textarea, [contenteditable=true]");
    if (event.isComposing || writing || event.altKey || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
    const letter = event.key.toLowerCase();
    if (letter !== "z" && letter !== "y") return;
    event.preventDefault();
    if (letter === "y" || event.shiftKey) redo();
    else undo();
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent): void => run(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

/** What is wrong, as one draws; what the server said about the draft, once it has looked at what is shown. */
function useProblems(app: string, name: string, draft: Draft, workflow: Workflow, kept: boolean): readonly ShownProblem[] {
  const { t } = useTranslation();
  const issues = usePreview(app, draft).data?.issues;
  return useMemo(() => {
    const own = problemsOf(workflow).map(({ node, code, name: about }): ShownProblem => ({ node, test: null, text: t(`flow.problem.${code}`, { name: about ?? "" }) }));
    const theirs = (kept ? (issues ?? []) : []).map(({ path, message }) => ({ ...nodeAt(path, name), test: testAt(path), text: message })).filter(({ inside }) => inside);
    return own.length > 0 ? own : theirs.map(({ node, test, text }) => ({ node, test, text }));
  }, [t, workflow, issues, kept, name]);
}

const Staged = ({ children }: { readonly children: ReactNode }) => <Suspense fallback={<Skeleton lines={5} />}>{children}</Suspense>;

function CompareBar({ difference, words }: { readonly difference: ReturnType<typeof differences>; readonly words: (key: string) => string }) {
  const { t } = useTranslation();
  if (isSame(difference)) return <p className="wd-compare" role="status">{t("flow.compare.same")}</p>;
  return (
    <section className="wd-compare" aria-label={t("flow.compare.title")}>
      <strong>{t("flow.compare.title")}</strong>
      <ul>
        {difference.parts.length > 0 ? <li>{t("flow.compare.own", { parts: difference.parts.map((part) => t(`flow.part.${part}`)).join(", ") })}</li> : null}
        {difference.nodes.map(({ key, change, parts }) => (
          <li key={key}><span className={`wd-mark ${change}`}>{t(`flow.change.${change}`)}</span> {words(key)}{parts.length > 0 ? `: ${parts.map((part) => t(`flow.part.${part}`)).join(", ")}` : ""}</li>
        ))}
      </ul>
    </section>
  );
}
