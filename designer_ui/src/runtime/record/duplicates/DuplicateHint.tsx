import { useTranslation } from "react-i18next";
import type { DuplicateMatch } from "@/api";
import { MatchList } from "./MatchList";

interface Props {
  readonly id?: string;
  readonly app: string;
  readonly matches: readonly DuplicateMatch[] | undefined;
}

/** Beside what somebody types: records that are probably the same. It stands there empty, so that it is heard when it fills. */
export function DuplicateHint({ id, app, matches = [] }: Props) {
  const { t } = useTranslation();
  return (
    <div id={id} role="status" className="duplicate-hint">
      {matches.length ? (
        <>
          <p>{t(matches.some(({ answer }) => answer === "block") ? "record.duplicates.there" : "record.duplicates.title")}</p>
          <MatchList app={app} matches={matches} />
        </>
      ) : null}
    </div>
  );
}
