/** What a step calls, what it sends, and what becomes of the answer. */
import { get } from "@/api";
import { isComputed, nodesOf, withMember } from "@/model/workflows";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import { useQuery } from "@tanstack/react-query";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Button, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { fieldsIn } from "../document";
import type { NodeProps } from "../panel/scene";
import { Group, Row, Select } from "../parts";
import { BodySettings } from "./BodySettings";
import { TemplateInput } from "./TemplateInput";
import "./outside.css";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const TRIES = 6;
const TIMEOUT = 20;

const useSecretNames = (): readonly string[] =>
  useQuery({ queryKey: ["secrets"], queryFn: ({ signal }) => get<{ secrets: readonly { readonly name: string }[] }>("/secrets", undefined, signal).then(({ secrets }) => secrets) }).data?.map(({ name }) => name) ?? [];

export default function WebhookSettings(props: NodeProps) {
  const { scene, nodeKey, node, onChange } = props;
  const { t } = useTranslation();
  const secrets = useSecretNames();
  const method = node.method ?? "POST";
  const others = Object.keys(nodesOf(scene.workflow)).filter((key) => key !== nodeKey).map((key) => ({ value: key, label: scene.words.node(key) }));
  return (
    <>
      <Group title={t("outside.webhook.request")} open>
        <Row label={t("outside.webhook.method")}>{(id) => <Select id={id} value={method} choices={METHODS.map((value) => ({ value, label: value }))} onChange={(next) => onChange(withMember(next === "GET" ? withMember(node, "body", undefined) : node, "method", next))} />}</Row>
        <TemplateInput scene={scene} label={t("outside.webhook.url")} value={node.url ?? ""} secrets={secrets} help={t("outside.webhook.urlHelp")} placeholder="https://erp.example.com/orders/{no}" onChange={(url) => onChange({ ...node, url }, `${nodeKey}.url`)} />
        <Headers {...props} secrets={secrets} />
        {method === "GET" ? null : <BodySettings {...props} secrets={secrets} />}
        <Row label={t("outside.webhook.sign")} help={t("outside.webhook.signHelp")}>{(id) => <Select id={id} value={node.sign} choices={secrets.map((value) => ({ value, label: value }))} empty={t("outside.webhook.unsigned")} onChange={(sign) => onChange(withMember(node, "sign", sign || undefined))} />}</Row>
      </Group>
      <Group title={t("outside.webhook.answer")} count={Object.keys(node.answer ?? {}).length || undefined}>
        <Answer {...props} />
      </Group>
      <Group title={t("outside.webhook.failing")} count={node.failed ? 1 : undefined}>
        <Row label={t("outside.webhook.tries")} help={t("outside.webhook.triesHelp")}>{(id) => <InputNumber id={id} min={1} max={12} precision={0} value={node.tries ?? TRIES} onChange={(tries) => onChange(withMember(node, "tries", tries === null || tries === TRIES ? undefined : tries))} />}</Row>
        <Row label={t("outside.webhook.timeout")}>{(id) => <InputNumber id={id} min={1} max={60} precision={0} value={node.timeout ?? TIMEOUT} onChange={(timeout) => onChange(withMember(node, "timeout", timeout === null || timeout === TIMEOUT ? undefined : timeout))} />}</Row>
        <Row label={t("flow.port.failed")}>{(id) => <Select id={id} value={node.failed} choices={others} empty={t("outside.webhook.stuck")} onChange={(to) => onChange(withMember(node, "failed", to || undefined))} />}</Row>
      </Group>
    </>
  );
}

function Headers({ scene, nodeKey, node, onChange, secrets }: NodeProps & { readonly secrets: readonly string[] }) {
  const { t } = useTranslation();
  const headers = Object.entries(node.headers ?? {});
  const set = (next: readonly (readonly [string, string])[], about?: string): void => onChange(withMember(node, "headers", next.length > 0 ? Object.fromEntries(next) : undefined), about);
  const free = (): string => [...Array(31).keys()].map((count) => (count === 0 ? "X-Header" : `X-Header-${count}`)).find((name) => !headers.some(([known]) => known === name)) ?? "X-Header";
  return (
    <fieldset className="wd-words">
      <legend>{t("outside.webhook.headers")}</legend>
      {headers.map(([name, value], index) => (
        <div key={index} className="wd-header">
          <Input value={name} spellCheck={false} maxLength={100} aria-label={t("outside.webhook.headerName", { number: index + 1 })} onChange={(event) => headers.some(([known], at) => at !== index && known === event.target.value) || set(headers.map((one, at) => (at === index ? [event.target.value, value] : one)), `${nodeKey}.header.${index}`)} />
          <IconButton label={t("flow.values.remove", { name })} onClick={() => set(headers.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden /></IconButton>
          <TemplateInput scene={scene} label={t("outside.webhook.headerValue", { name })} value={value} secrets={secrets} onChange={(next) => set(headers.map((one, at) => (at === index ? [name, next] : one)), `${nodeKey}.headerValue.${index}`)} />
        </div>
      ))}
      <Button size="small" icon={<IconPlus size={14} aria-hidden />} onClick={() => set([...headers, [headers.some(([name]) => name === "Authorization") ? free() : "Authorization", ""]])}>{t("outside.webhook.addHeader")}</Button>
    </fieldset>
  );
}

function Answer({ scene, nodeKey, node, onChange }: NodeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = fieldsIn(scene.document, scene.workflow.form).filter(({ type }) => !isComputed(type) && type !== "subform");
  const answer = Object.entries(node.answer ?? {});
  const set = (next: readonly (readonly [string, string])[], about?: string): void => onChange(withMember(node, "answer", next.length > 0 ? Object.fromEntries(next) : undefined), about);
  return (
    <>
      <p className="muted">{t("outside.webhook.answerHelp")}</p>
      {answer.map(([field, path]) => {
        const name = format.label(fields.find(({ key }) => key === field)?.label) || field;
        return (
          <div key={field} className="wd-value">
            <Row label={name}>{(id) => <Input id={id} value={path} spellCheck={false} maxLength={200} placeholder="data.order.no" onChange={(event) => set(answer.map((one) => (one[0] === field ? [field, event.target.value] : one)), `${nodeKey}.answer.${field}`)} />}</Row>
            <IconButton label={t("flow.values.remove", { name })} onClick={() => set(answer.filter(([key]) => key !== field))}><IconTrash size={16} aria-hidden /></IconButton>
          </div>
        );
      })}
      <Select label={t("flow.values.add")} value="" choices={fields.filter(({ key }) => !(key in (node.answer ?? {}))).map(({ key, label }) => ({ value: key, label }))} empty={t("flow.values.add")} onChange={(field) => field && set([...answer, [field, "data"]])} />
    </>
  );
}
