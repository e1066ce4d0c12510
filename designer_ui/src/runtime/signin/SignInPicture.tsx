import { useTranslation } from "react-i18next";

const LANES = [
  { tone: "blue", cards: [72, 54, 64] },
  { tone: "teal", cards: [60, 76] },
  { tone: "amber", cards: [50, 68] },
  { tone: "green", cards: [66] },
] as const;

/** A quiet drawing of a pipeline: lanes, cards, owners. Says nothing to screen readers. */
export function SignInPicture() {
  const { t } = useTranslation();
  const names = t("signin.lanes").split("|");
  return (
    <div className="signin-picture" aria-hidden>
      {LANES.map((lane, index) => (
        <div key={lane.tone} className="lane">
          <span className={`j-tag tone-${lane.tone}`}>{names[index]}</span>
          {lane.cards.map((width) => (
            <div key={width} className="card">
              <i style={{ width: `${width}%` }} />
              <i style={{ width: `${width - 24}%` }} />
              <b className={`tone-${lane.tone}`} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
