/** The groups of one form while somebody changes them: shown at once, kept in the draft one after the other. */
import { groupsIn, type Groups } from "@/model/design/permissions";
import { sameJson } from "@/model/design/formulas";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { draftInTheWay, draftKey, useChangeDraft, type Draft } from "../draft";

export interface GroupsEdit {
  readonly groups: Groups;
  readonly set: (next: Groups) => void;
  readonly saving: boolean;
  /** Why the last change was not kept; the groups are then those of the draft again. */
  readonly error: unknown;
}

export function useGroups(app: string, form: string, draft: Draft): GroupsEdit {
  const client = useQueryClient();
  const { mutateAsync } = useChangeDraft(app);
  const [shown, setShown] = useState<{ readonly groups: Groups } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const next = useRef<{ readonly groups: Groups } | null>(null);
  const running = useRef(false);
  const keep = useCallback(async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    const stored = (): Draft | undefined => client.getQueryData<Draft>(draftKey(app));
    let known = groupsIn(stored()?.document, form);
    try {
      while (next.current) {
        const wanted = next.current;
        const revision = stored()?.revision ?? 0;
        try {
          await mutateAsync({ changes: [{ path: `/forms/${form}/permissions`, value: wanted.groups as never }], revision });
          known = wanted.groups;
        } catch (failure) {
          const current = draftInTheWay(failure);
          // Somebody changed another part of the draft: that stays, and this goes beside it.
          if (current && current.revision !== revision && sameJson(groupsIn(current.document, form), known)) continue;
          throw failure;
        }
        if (next.current === wanted) next.current = null;
      }
    } catch (failure) {
      next.current = null;
      setError(failure);
    } finally {
      running.current = false;
      setShown(null);
    }
  }, [app, client, form, mutateAsync]);
  const set = useCallback(
    (groups: Groups): void => {
      next.current = { groups };
      setError(null);
      setShown(next.current);
      void keep();
    },
    [keep],
  );
  // What has just been kept is known here before the page is drawn with it: with the draft of before, groups would
  // stand for a moment as they were, and a menu that is open on one of them would close.
  const latest = client.getQueryData<Draft>(draftKey(app)) ?? draft;
  return { groups: shown ? shown.groups : groupsIn(latest.document, form), set, saving: shown !== null, error };
}
