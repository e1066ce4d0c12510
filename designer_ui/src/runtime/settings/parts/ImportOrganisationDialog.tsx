import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { API, request } from "@/api";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { useChange } from "../calls";
import { FileButton } from "./FileButton";
import { FileProblems } from "./FileProblems";

interface Imported {
  readonly kind: "people" | "departments";
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly heads: number;
  readonly invited: number;
  readonly names: readonly string[];
  readonly ignored: readonly string[];
}

interface Order {
  readonly file: File;
  readonly dryRun: boolean;
  readonly invite: boolean;
}

const useImportOrganisation = () =>
  useChange(({ file, dryRun, invite }: Order) => {
    const form = new FormData();
    form.set("file", file);
    return request<Imported>("/organisation/import", { method: "POST", form, query: { dry_run: dryRun, invite } });
  });

const templateOf = (kind: Imported["kind"]): string => `${API}/organisation/template?kind=${kind}`;

/** Takes departments or people from a file, after showing what that changes. */
export function ImportOrganisationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [invite, setInvite] = useState(false);
  const check = useImportOrganisation();
  const run = useImportOrganisation();
  const read = (chosen: File): void => {
    setFile(chosen);
    run.reset();
    check.mutate({ file: chosen, dryRun: true, invite: false });
  };
  const found = check.data;
  const changes = found ? found.added + found.changed + found.heads : 0;
  const apply = (): void => {
    if (!file || !found) return;
    run.mutate({ file, dryRun: false, invite: invite && found.kind === "people" }, {
      onSuccess: () => {
        announce(t("settings.import.done"));
        onClose();
      },
    });
  };
  return (
    <Dialog
      title={t("settings.import.title")}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={changes === 0 || check.isPending} loading={run.isPending} onClick={apply}>{t("settings.file.apply")}</Button>
        </>
      }
    >
      <div className="set-form">
        <p>{t("settings.import.help")}</p>
        <p className="set-line">
          <a href={templateOf("departments")} download="">{t("settings.import.departmentsTemplate")}</a>
          <a href={templateOf("people")} download="">{t("settings.import.peopleTemplate")}</a>
        </p>
        <p className="set-line">
          <FileButton label={t("settings.file.choose")} loading={check.isPending} onFile={read} />
          <span>{file?.name}</span>
        </p>
        {found ? <Found found={found} /> : null}
        {found?.kind === "people" && found.added > 0 ? (
          <Checkbox checked={invite} onChange={(event) => setInvite(event.target.checked)}>{t("settings.import.invite", { count: found.added })}</Checkbox>
        ) : null}
        <FileProblems error={run.error ?? check.error} />
      </div>
    </Dialog>
  );
}

/** What the file changes. */
function Found({ found }: { readonly found: Imported }) {
  const { t } = useTranslation();
  const { added, changed, unchanged, heads, names, ignored } = found;
  return (
    <div role="status" className="set-found">
      <p>{t(`settings.import.found.${found.kind}`, { added, changed, unchanged })}</p>
      {found.kind === "people" && heads > 0 ? <p>{t("settings.import.heads", { count: heads })}</p> : null}
      {names.length > 0 ? <p className="muted">{t("settings.import.new", { names: names.join(", ") + (added > names.length ? " …" : "") })}</p> : null}
      {ignored.length > 0 ? <p className="muted">{t("settings.import.ignored", { names: ignored.join(", ") })}</p> : null}
    </div>
  );
}
