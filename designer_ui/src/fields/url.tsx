import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  const text = plain(value);
  // Anything but a web address stays text: a stored "javascript:" must never become a link.
  if (!/^https?:\/\//i.test(text)) return <>{text}</>;
  return (
    <a href={text} target="_blank" rel="noreferrer noopener" onClick={(event) => event.stopPropagation()}>
      {text.replace(/^https?:\/\//i, "").replace(/\/$/, "")}
    </a>
  );
}

const url: FieldTypeUi = {
  type: "url",
  Cell,
  Input: lazyInput(() => import("./inputs/UrlInput")),
  text: plain,
  width: 180,
};

export default url;
