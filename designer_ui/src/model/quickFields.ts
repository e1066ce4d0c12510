import type { Describe, Values } from "@/api";

/** A dialog is no page: more than these are filled in on the record's own page. */
const MOST = 8;
const NAMES = new Set(["text", "long_text", "phone", "email"]);

/** The fields of a small form for a new record: what it must have, and what it is called by. */
export function quickFields(describe: Describe): readonly string[] {
  const open = describe.order.filter((key) => describe.fields[key]?.read_only === false && describe.fields[key].type !== "subform");
  const required = open.filter((key) => describe.fields[key]?.required);
  const first = nameField(describe);
  const wanted = new Set([...(first ? [first] : []), ...required]);
  return open.filter((key) => wanted.has(key)).slice(0, MOST);
}

/** The typed text as the first value of the field that names the record. */
export function namedBy(describe: Describe, typed: string): Values {
  const key = nameField(describe);
  return key && typed ? { [key]: typed } : {};
}

function nameField(describe: Describe): string | undefined {
  const texts = describe.order.filter((key) => describe.fields[key]?.read_only === false && NAMES.has(describe.fields[key].type));
  return texts.find((key) => describe.title.includes(`{${key}}`)) ?? texts[0];
}
