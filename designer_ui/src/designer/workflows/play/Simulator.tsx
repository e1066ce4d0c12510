/** Plays the workflow through as it is drawn: a record and somebody are chosen, every decision is a click, nothing happens. */
import { marksOf, goesOn, standsAt, testFrom, type Marks, type Move, type Scenario, type Simulation } from "@/model/workflows";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { IconArrowBackUp, IconRefresh, IconTestPipe } from "@tabler/icons-react";
import { Button } from "antd";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PanelScene } from "../panel/scene";
import { useSimulation } from "./calls";
import { NowCard } from "./NowCard";
import { Setup } from "./Setup";
import type { Play } from "./state";
import { useTestWords } from "./testWords";
import { Timeline } from "./Timeline";
import "./play.css";

interface Props {
  readonly scene: PanelScene;
  readonly name: string;
  readonly play: Play;
  readonly onPlay: (play: Play) => void;
  readonly onMarks: (marks: Marks | null) => void;
  readonly onSelect: (key: string) => void;
  /** Keeps what was played as a test. */
  readonly onRecord: (test: Scenario) => void;
}

export default function Simulator({ scene, name, play, onPlay, onMarks, onSelect, onRecord }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const words = useTestWords(scene);
  const simulation = useSimulation(scene.app, name, scene.workflow, play);
  const played = play.started ? simulation.data : undefined;
  const settled = played !== undefined && !simulation.isPlaceholderData;
  const show = useEffectEvent((found: Simulation | undefined): void => onMarks(found ? marksOf(scene.workflow, found) : null));
  useEffect(() => show(played), [played]);
  useEffect(() => () => onMarks(null), [onMarks]);
  if (!play.started) return <Setup scene={scene} play={play} onChange={onPlay} onStart={() => onPlay({ ...play, started: true, moves: [] })} />;
  const record = (found: Simulation): void => {
    const test = testFrom(scene.workflow, found, play.moves);
    onRecord({ label: words.proposed(test), ...test });
    announce(t("play.recorded"));
  };
  const back = (): void => onPlay(play.moves.length > 0 ? { ...play, moves: play.moves.slice(0, -1) } : { ...play, started: false });
  return (
    <div className="wp-play">
      <div className="wp-tools">
        <Button size="small" icon={<IconArrowBackUp size={16} />} onClick={back}>{t("play.back")}</Button>
        <Button size="small" icon={<IconRefresh size={16} />} onClick={() => onPlay({ ...play, started: false, moves: [] })}>{t("play.again")}</Button>
        {played ? <Button size="small" icon={<IconTestPipe size={16} />} disabled={!settled || played.issues.length > 0} onClick={() => record(played)}>{t("play.record")}</Button> : null}
      </div>
      {simulation.isError ? <p role="alert" className="design-problem">{errorText(simulation.error)}</p> : null}
      {played ? <Played scene={scene} play={play} played={played} busy={!settled} onMove={(move) => onPlay({ ...play, moves: [...play.moves, move] })} onSelect={onSelect} /> : simulation.isError ? null : <Skeleton lines={5} />}
    </div>
  );
}

interface PlayedProps {
  readonly scene: PanelScene;
  readonly play: Play;
  readonly played: Simulation;
  readonly busy: boolean;
  readonly onMove: (move: Move) => void;
  readonly onSelect: (key: string) => void;
}

function Played({ scene, play, played, busy, onMove, onSelect }: PlayedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const here = useRef<HTMLElement>(null);
  const names = [...standsAt(played)].map((key) => (key === "start" ? t("workflow.type.start") : scene.words.node(key)));
  const where = goesOn(played) ? t("play.standsAt", { nodes: names.join(", ") || "–" }) : t("play.ended", { status: format.label(played.status_label) });
  const moved = useEffectEvent(() => {
    announce(where);
    // Whoever decides by keyboard goes on deciding where the next decision is.
    if (play.moves.length > 0) here.current?.querySelector<HTMLElement>("button")?.focus();
  });
  useEffect(() => {
    if (!busy) moved();
  }, [busy, play.moves.length]);
  return (
    <>
      {/* What stands there while the next answer is on its way is over: a decision on it would be another one. */}
      <section ref={here} className="wp-now" aria-label={t("play.now")} aria-busy={busy} inert={busy}>
        <p className="wp-where">
          <Tag color={goesOn(played) ? "blue" : played.status === "approved" ? "green" : "amber"}>{format.label(played.status_label)}</Tag>
          <strong>{where}</strong>
          <small className="muted num">{format.dateTime(played.now)}</small>
        </p>
        {played.issues.map(({ message }, index) => <p key={index} role="alert" className="design-problem">{message}</p>)}
        {goesOn(played) ? <NowCard key={play.moves.length} scene={scene} played={played} onMove={onMove} onSelect={onSelect} /> : null}
      </section>
      {played.expected.length > 0 ? (
        <section className="wp-next" aria-label={t("play.expected")}>
          <h3>{t("play.expected")}</h3>
          <ol>
            {played.expected.map(({ node, label, people }) => (
              <li key={node}><button type="button" className="perm-link" onClick={() => onSelect(node)}>{format.label(label)}</button>{people.length > 0 ? <span className="muted">{people.map((one) => one.name).join(", ")}</span> : null}</li>
            ))}
          </ol>
        </section>
      ) : null}
      <Timeline played={played} onSelect={onSelect} />
    </>
  );
}
