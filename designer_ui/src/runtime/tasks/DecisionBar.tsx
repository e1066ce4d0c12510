import { IconDots } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { MenuButton } from "@/ui/MenuButton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { useHotkey } from "@/ui/useHotkey";
import { usePlainKeys } from "@/ui/usePlainKeys";
import { decisionTone } from "./tones";
import type { DecisionChoice, TaskJson } from "./types";

interface Props {
  readonly choices: readonly DecisionChoice[];
  readonly busy: boolean;
  readonly problem: string;
  readonly shown: TaskJson;
  /** `print`: what was decided goes on paper. */
  readonly onPress: (choice: DecisionChoice, print?: boolean) => void;
}

/** Those that end the task here; the others stand in the menu. */
const FIRST: ReadonlySet<string> = new Set(["approve", "submit", "answer", "reject", "return"]);
/** Those whose outcome goes on paper. */
const PRINTED: ReadonlySet<string> = new Set(["approve", "submit"]);
const GOOD: ReadonlySet<string> = new Set(["approve", "submit", "answer"]);

/** What can be done with the task, at the foot of the page. Ctrl+Enter takes the first, A agrees, R rejects. */
export function DecisionBar({ choices, busy, problem, shown, onPress }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const most = phone ? 2 : 3;
  const first = choices.filter(({ key }) => FIRST.has(key)).slice(0, most);
  const rest = choices.filter((choice) => !first.includes(choice));
  const best = first[0];
  const printed = shown.print ? choices.filter(({ key }) => PRINTED.has(key)).map((choice) => ({ key: `print-${choice.key}`, label: t("tasks.andPrint", { decision: format.label(choice.label) }), onSelect: () => onPress(choice, true) })) : [];
  useHotkey("enter", () => {
    if (best && !busy && !document.querySelector("dialog[open]")) onPress(best);
  });
  usePlainKeys((key) => {
    const choice = key === "a" ? choices.find((one) => GOOD.has(one.key)) : key === "r" ? choices.find((one) => one.key === "reject") : undefined;
    if (!choice || busy) return false;
    onPress(choice);
    return true;
  });
  const { task } = shown;
  if (choices.length === 0) {
    return task.decision_label ? (
      <footer className="form-bar task-bar">
        <p className="task-said"><Tag color={decisionTone(task.decision)}>{format.label(task.decision_label)}</Tag>{task.decided_at ? <span className="muted">{format.dateTime(task.decided_at)}</span> : null}{task.comment ? <span>{task.comment}</span> : null}</p>
      </footer>
    ) : null;
  }
  const button = (choice: DecisionChoice) => {
    const good = GOOD.has(choice.key);
    return (
      <Button
        key={choice.key}
        type={good ? "primary" : "default"}
        danger={choice.key === "reject"}
        size={phone ? "large" : "middle"}
        loading={busy && choice === best}
        disabled={busy && choice !== best}
        title={choice === best ? "Ctrl+Enter" : undefined}
        aria-keyshortcuts={good ? "A" : choice.key === "reject" ? "R" : undefined}
        onClick={() => onPress(choice)}
      >
        {format.label(choice.label)}
      </Button>
    );
  };
  return (
    <footer className="form-bar task-bar">
      <p role="alert" className={problem ? "form-issue" : "muted"}>{problem}</p>
      {rest.length || printed.length ? (
        <MenuButton label={t("ui.more")} className="j-iconbutton bordered" groups={[rest.map((choice) => ({ key: choice.key, label: format.label(choice.label), onSelect: () => onPress(choice) })), printed].filter((group) => group.length > 0)}>
          <IconDots size={18} aria-hidden />
        </MenuButton>
      ) : null}
      {[...first].reverse().map(button)}
    </footer>
  );
}
