import { Checkbox, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { drawnOf, isSigned, type Signature, type Stroke } from "@/model/signature";
import type { CommentRule } from "../types";
import { useKeptSignature } from "./calls";
import { SignatureMark } from "./SignatureMark";
import { SignaturePad } from "./SignaturePad";
import "./signing.css";

/** What somebody signs with, and whether he asks to keep it for the next time. */
export interface Signed {
  readonly signature: Signature;
  readonly keep: boolean;
}

interface Props {
  readonly rule: CommentRule;
  readonly onChange: (signed: Signed | null) => void;
  /** Said above it. */
  readonly help?: string;
}

type Mode = "draw" | "type" | "kept";

/** Letters of any script: what the server takes for a name. */
const NAME = /\p{L}/u;

/** Signs by hand, with a typed name, or with the signature that one has kept. */
export function SignatureInput({ rule, onChange, help }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const kept = useKeptSignature().data ?? null;
  const [mode, setMode] = useState<Mode>("draw");
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [name, setName] = useState("");
  const [keep, setKeep] = useState(false);
  const tell = (next: { readonly mode?: Mode; readonly strokes?: readonly Stroke[]; readonly name?: string; readonly keep?: boolean }): void => {
    const now = { mode, strokes, name, keep, ...next };
    setMode(now.mode);
    setStrokes(now.strokes);
    setName(now.name);
    setKeep(now.keep);
    onChange(signedWith(now, kept));
  };
  const modes: readonly Mode[] = kept ? ["draw", "type", "kept"] : ["draw", "type"];
  return (
    <fieldset className="signature-input">
      <legend className="form-label">
        {t("signature.title")}
        {rule === "required" ? <b title={t("record.required")}><span aria-hidden>*</span><span className="sr-only">{t("record.required")}</span></b> : null}
      </legend>
      {help ? <p className="muted">{help}</p> : null}
      <div className="progress-modes" role="group" aria-label={t("signature.how")}>
        {modes.map((one) => <button key={one} type="button" aria-pressed={mode === one} onClick={() => tell({ mode: one })}>{t(`signature.mode.${one}`)}</button>)}
      </div>
      {mode === "draw" ? <SignaturePad strokes={strokes} onChange={(next) => tell({ strokes: next })} /> : null}
      {mode === "type" ? (
        <div className="signature-name">
          <label htmlFor={`${id}-name`} className="sr-only">{t("signature.name")}</label>
          <Input id={`${id}-name`} value={name} maxLength={60} placeholder={t("signature.name")} autoComplete="off" autoFocus onChange={(event) => tell({ name: event.target.value })} />
          <div className="signature-sheet">{NAME.test(name) ? <SignatureMark signature={{ typed: name.trim() }} name={name.trim()} /> : <span className="muted">{t("signature.nameHelp")}</span>}</div>
        </div>
      ) : null}
      {mode === "kept" && kept ? <div className="signature-sheet"><SignatureMark signature={kept} name={t("signature.mine")} /></div> : null}
      <Checkbox className={mode === "kept" ? "hidden" : ""} checked={keep} disabled={mode === "kept"} onChange={(event) => tell({ keep: event.target.checked })}>{t("signature.keep")}</Checkbox>
    </fieldset>
  );
}

interface State {
  readonly mode: Mode;
  readonly strokes: readonly Stroke[];
  readonly name: string;
  readonly keep: boolean;
}

function signedWith({ mode, strokes, name, keep }: State, kept: Signature | null): Signed | null {
  if (mode === "kept") return kept && { signature: kept, keep: false };
  if (mode === "type") return NAME.test(name) ? { signature: { typed: name.trim() }, keep } : null;
  return isSigned(strokes) ? { signature: { drawn: drawnOf(strokes) }, keep } : null;
}
