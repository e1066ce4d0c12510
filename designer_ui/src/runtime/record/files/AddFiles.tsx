import { IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formPath, get, useUpdateRecord, type Describe, type FileJson, type RecordJson } from "@/api";
import { filesOf } from "@/fields/parts/files";
import { useUploads } from "@/fields/parts/useUploads";
import { fieldOf } from "@/model/layout";
import { MenuButton } from "@/ui/MenuButton";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
}

/** Adds files to a field of the record that takes them; which one is asked where there are several. */
export function AddFiles({ describe, record }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [target, setTarget] = useState("");
  const update = useUpdateRecord(describe.app, describe.key, record.id);
  /** One after the other: each save begins from what the one before it left. */
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const store = async (key: string, file: FileJson): Promise<void> => {
    const now = await get<RecordJson>(formPath(describe.app, describe.key, `/records/${record.id}`));
    await update.mutateAsync({ revision: now.revision, values: { [key]: [...filesOf(now[key] ?? null), file].map(({ id }) => id) } });
  };
  const { uploads, problems, take } = useUploads((file) => {
    const key = target;
    queue.current = queue.current.then(() => store(key, file)).catch(() => undefined);
  });
  const open = describe.order.flatMap((key) => {
    const field = fieldOf(describe, key);
    return field && (field.type === "file" || field.type === "image") && !field.read_only ? [{ key, field }] : [];
  });
  if (!describe.actions.includes("edit") || open.length === 0) return null;
  const choose = (key: string) => {
    setTarget(key);
    // A picture field offers pictures: the input has to know before it opens.
    requestAnimationFrame(() => input.current?.click());
  };
  const [only] = open;
  const button = <><IconPlus size={16} aria-hidden />{t("recordFiles.add")}</>;
  return (
    <div className="files-add">
      {open.length === 1 && only ? (
        <Button icon={<IconPlus size={16} aria-hidden />} onClick={() => choose(only.key)}>{t("recordFiles.add")}</Button>
      ) : (
        <MenuButton
          label={t("recordFiles.add")}
          className="files-menu"
          align="start"
          groups={[open.map(({ key, field }) => ({ key, label: t("recordFiles.addTo", { field: format.label(field.label) }), onSelect: () => choose(key) }))]}
        >
          {button}
        </MenuButton>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={fieldOf(describe, target)?.type === "image" ? "image/*" : undefined}
        onChange={(event) => {
          if (event.target.files) take(event.target.files, fieldOf(describe, target)?.type === "image");
          event.target.value = "";
        }}
      />
      {uploads.map((upload) => (
        <span key={upload.key} className="files-sending">
          <span className="ellipsis">{upload.name}</span>
          <progress value={upload.part} max={1} aria-label={t("recordFiles.sending", { name: upload.name })} />
        </span>
      ))}
      <div role="alert" className="form-issue">
        {problems.map((problem) => <p key={problem}>{problem}</p>)}
        {update.isError ? <p>{errorText(update.error)}</p> : null}
      </div>
    </div>
  );
}
