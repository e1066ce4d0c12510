import { useTranslation } from "react-i18next";
import { fileKind } from "@/model/fileKinds";
import { useFormat } from "@/ui/format";
import { FileIcon } from "./FileIcon";
import { FileLink } from "./FileLink";
import type { ShownFile } from "./FileViewer";
import { useViewer } from "./useViewer";
import { useFileAddress } from "./task";

/** Files that belong together: pictures as such, others by name and size; pressing one opens it beside the others. */
export function FileList({ files }: { files: readonly ShownFile[] }) {
  const fileAddress = useFileAddress();
  const { t } = useTranslation();
  const format = useFormat();
  const { open, viewer } = useViewer(files);
  return (
    <div className="timeline-files">
      {files.map((shown, index) =>
        fileKind(shown.file) === "image" ? (
          <button key={shown.file.id} type="button" className="f-thumb" aria-label={t("fields.showFile", { name: shown.file.name })} title={shown.file.name} onClick={() => open(index)}>
            <img src={fileAddress(shown.file.id, shown.place)} alt="" loading="lazy" />
          </button>
        ) : (
          <span key={shown.file.id} className="f-row"><FileLink shown={shown} icon={<FileIcon file={shown.file} />} onOpen={() => open(index)} /><small className="muted num">{format.bytes(shown.file.size)}</small></span>
        ),
      )}
      {viewer}
    </div>
  );
}
