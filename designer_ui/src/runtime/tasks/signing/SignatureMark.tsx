import { useTranslation } from "react-i18next";
import { inkArea, penPath, strokesOf, type Signature } from "@/model/signature";
import "./signing.css";

/** Room around the ink for the width of the pen. */
const AROUND = 6;

/** A signature as it was given, in the colour of the text; of a typed one that it was typed. */
export function SignatureMark({ signature, name }: { readonly signature: Signature; readonly name: string }) {
  const { t } = useTranslation();
  const label = t("signature.of", { name });
  if (signature.typed !== undefined) {
    return (
      <span className="signature" role="group" aria-label={label}>
        <span className="signature-typed" translate="no">{signature.typed}</span>
        <small className="muted">{t("signature.wasTyped")}</small>
      </span>
    );
  }
  const strokes = strokesOf(signature.drawn);
  const area = inkArea(strokes) ?? { left: 0, top: 0, width: 1, height: 1 };
  const box = [area.left - AROUND, area.top - AROUND, area.width + 2 * AROUND, area.height + 2 * AROUND];
  return (
    <span className="signature">
      <svg role="img" aria-label={label} viewBox={box.join(" ")} className="signature-ink">
        {strokes.map((stroke, index) => <path key={index} d={penPath(stroke)} />)}
      </svg>
    </span>
  );
}
