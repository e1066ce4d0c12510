/** A workflow as a list of steps, where there is no room to draw it. */
import { NodeIcon } from "@/catalogue/workflow/NodeIcon";
import { nodesOf, outlineOf, START, wayOn, type Edge, type Marks, type Step, type Workflow } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { IconAlertTriangle, IconCornerDownRight, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCard } from "./canvas/CanvasNode";
import type { FlowWords } from "./words";

interface Props {
  readonly workflow: Workflow;
  readonly words: FlowWords;
  readonly wrong: ReadonlySet<string>;
  /** What was played. */
  readonly marks: Marks | null;
  readonly onOpen: (key: string) => void;
  readonly onAdd: (edge: Edge) => void;
}

export default function StepList(props: Props) {
  const { t } = useTranslation();
  const { steps, others } = outlineOf(props.workflow);
  const first = wayOn(props.workflow, START);
  return (
    <div className="wd-steps">
      <ol aria-label={t("flow.steps.title")}>
        <li><StepCard {...props} stepKey={START} /></li>
        {first ? <AddHere {...props} edge={first} /> : null}
        <Steps {...props} steps={steps} end={null} />
      </ol>
      {others.length > 0 ? (
        <>
          <h2>{t("flow.steps.others")}</h2>
          <ol><Steps {...props} steps={others} end={null} /></ol>
        </>
      ) : null}
    </div>
  );
}

function Steps(props: Props & { readonly steps: readonly Step[]; readonly end: Edge | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return props.steps.map((step) => {
    const onward = wayOn(props.workflow, step.key);
    const node = nodesOf(props.workflow)[step.key];
    const hasArms = step.arms.length > 0;
    return (
      <li key={step.key}>
        <StepCard {...props} stepKey={step.key} />
        {step.asides.map((edge) => <p key={edge.id} className="wd-aside muted"><IconCornerDownRight size={14} aria-hidden />{t("flow.steps.aside", { way: t(`flow.port.${edge.port}`), to: props.words.node(edge.to) })}</p>)}
        {step.arms.map(({ arm, steps, end, elsewhere }) => (
          <section key={arm} className="wd-armsteps" aria-label={format.label(node?.branches?.[arm]?.label) || t("flow.arm.unnamed")}>
            <h3>{format.label(node?.branches?.[arm]?.label) || t("flow.arm.unnamed")}</h3>
            <ol>
              {steps.length > 0 && steps[0] ? <AddHere {...props} edge={steps[0].edge} /> : null}
              <Steps {...props} steps={steps} end={end} />
              {steps.length === 0 && end ? <AddHere {...props} edge={end} /> : null}
            </ol>
            {elsewhere ? <p className="wd-aside muted"><IconCornerDownRight size={14} aria-hidden />{t("flow.steps.elsewhere", { to: props.words.node(elsewhere) })}</p> : null}
          </section>
        ))}
        {onward && !hasArms && node?.type !== "end" ? <AddHere {...props} edge={onward} /> : null}
      </li>
    );
  });
}

function AddHere({ edge, words, onAdd }: Props & { readonly edge: Edge }) {
  const { t } = useTranslation();
  return (
    <div className="wd-addhere">
      <button type="button" className="wd-plus" aria-label={t("flow.add.between", { from: edge.from === START ? t("workflow.type.start") : words.node(edge.from), to: words.node(edge.to), way: "" })} onClick={() => onAdd(edge)}>
        <IconPlus size={16} aria-hidden />
      </button>
    </div>
  );
}

function StepCard({ stepKey, workflow, words, wrong, marks, onOpen }: Props & { readonly stepKey: string }) {
  const { t } = useTranslation();
  const { type, name, summary } = useCard(stepKey, workflow, words);
  const mark = marks?.nodes.get(stepKey);
  return (
    <button type="button" className={mark ? `wd-step at-${mark}` : "wd-step"} onClick={() => onOpen(stepKey)}>
      <NodeIcon type={type} />
      <span><strong>{name}</strong><small>{summary}</small></span>
      {mark && !wrong.has(stepKey) ? <span className={`wd-mark ${mark}`}>{t(`play.mark.${mark}`)}</span> : null}
      {wrong.has(stepKey) ? <span className="wd-mark wrong"><IconAlertTriangle size={14} aria-hidden /><span className="sr-only">{t("flow.problems.here")}</span></span> : null}
    </button>
  );
}
