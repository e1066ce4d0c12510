import { IconUpload } from "@tabler/icons-react";
import { Button } from "antd";
import { useRef } from "react";

/** Chooses a spreadsheet or CSV file. */
export function FileButton({ label, loading, onFile }: { label: string; loading: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<IconUpload size={16} aria-hidden />} loading={loading} onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
