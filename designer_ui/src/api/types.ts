import type { ConversionInfo } from "./conversions";
import type { Json, JsonObject, Label } from "./json";

export type Language = "en" | "zh-CN";
export type ThemeChoice = "light" | "dark" | "system";
export type ActionName = "view" | "create" | "edit" | "batch" | "delete" | "restore" | "import" | "export" | "print" | "share" | "comment";

export interface SessionUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly language: string | null;
  readonly theme: string | null;
  readonly is_admin: boolean;
  readonly roles: readonly string[];
  /** What an application administrator administers: `apps` null are all; null for whoever is none. */
  readonly circle?: { readonly apps: readonly string[] | null; readonly people: boolean } | null;
}

export interface Workspace {
  readonly key: string;
  readonly name: string;
  readonly time_zone: string;
  readonly currency: string;
  readonly demo: boolean;
}

export interface DemoUser {
  readonly email: string;
  readonly role: string;
  readonly label: Label | string;
}

export interface Session {
  readonly user: SessionUser | null;
  readonly workspace?: Workspace | null;
  readonly csrf_token: string | null;
  /** The administrator who looks at the workspace as `user`. */
  readonly previewed_by?: { readonly id: number; readonly name: string } | null;
  readonly demo?: boolean;
  readonly demo_users?: readonly DemoUser[];
  readonly setup_needed?: boolean;
  readonly several_workspaces?: boolean;
}

export interface AppSummary {
  readonly key: string;
  readonly label: Label;
  readonly icon: string | null;
  /** How often the app was published. */
  readonly version: number;
}

export interface MenuForm {
  readonly form: string;
  readonly view?: string;
}

export interface MenuGroup {
  readonly group: string;
  readonly label: Label;
  readonly icon?: string | null;
  readonly items: readonly MenuForm[];
}

export type MenuItem = MenuForm | MenuGroup;

export interface ViewJson {
  readonly key: string;
  readonly label: Label | string;
  readonly kind: "list" | "kanban" | "calendar" | "gallery" | "tree";
  readonly columns: readonly string[];
  readonly column_widths?: Readonly<Record<string, number>> | null;
  readonly frozen?: number | null;
  readonly filter: string | null;
  readonly sort: string | null;
  readonly group_by: string | null;
  readonly card: readonly string[] | null;
  readonly measure: string | null;
  /** The function of each column; null for the usual ones. */
  readonly totals?: Readonly<Record<string, string>> | null;
  readonly colors?: readonly { readonly when: string; readonly color: string; readonly field: string | null }[];
  readonly quick_filters?: readonly { readonly field: string; readonly value: string | null }[];
  /** What the kinds need, as `model/view` reads it. */
  readonly calendar?: JsonObject | null;
  readonly gallery?: JsonObject | null;
  readonly tree?: JsonObject | null;
  readonly source: "app" | "personal" | "shared";
  readonly id?: number;
  readonly mine?: boolean;
}

export interface AppForm {
  readonly label: Label;
  readonly plural: Label | null;
  readonly icon: string | null;
  readonly color: string | null;
  readonly actions: readonly ActionName[];
  readonly views: readonly ViewJson[];
}

export interface AppInfo extends AppSummary {
  readonly menu: readonly MenuItem[];
  readonly forms: Readonly<Record<string, AppForm>>;
}

export interface OptionInfo {
  readonly label: Label;
  readonly color?: string | null;
}

export interface FieldInfo {
  readonly type: string;
  readonly label: Label;
  readonly help?: Label | null;
  readonly placeholder?: Label | null;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly read_only?: boolean;
  readonly hidden?: boolean;
  /** Only a part of the text is shown: it cannot be searched, sorted by or changed. */
  readonly masked?: boolean;
  readonly sortable?: boolean;
  readonly groupable?: boolean;
  readonly settings?: JsonObject;
  /** The type of a formula's result. */
  readonly result?: string | null;
  /** Of a subform: the fields of its lines, their order, and what the browser computes of a line. */
  readonly fields?: Readonly<Record<string, FieldInfo>>;
  readonly order?: readonly string[];
  readonly live?: LiveProgram | null;
}

export interface LayoutSection {
  readonly section: string;
  readonly label?: Label;
  readonly columns?: number;
  readonly collapsed?: boolean;
  /** Shown only while a rule holds. */
  readonly conditional?: boolean;
  readonly content: readonly LayoutNode[];
}

export interface LayoutTab {
  readonly tab: string;
  readonly label: Label;
  readonly content: readonly LayoutNode[];
}

/** A related list that the layout places; only what the reader may see is left of it. */
export interface LayoutList {
  readonly list: string;
  readonly label: Label;
  readonly display: "table" | "cards";
  readonly columns: readonly string[];
  readonly filter: string | null;
  readonly sort: string | null;
  readonly limit: number | null;
  readonly summary: readonly { readonly field: string; readonly fn: string }[];
}

/** A field's key, a section, a tab or a related list. */
export type LayoutNode = string | LayoutSection | LayoutTab | LayoutList;

/** A button on the page of a record. */
export interface RecordAction {
  readonly key: string;
  readonly label: Label;
  readonly kind: string;
  readonly icon: string | null;
  readonly primary: boolean;
  readonly confirm: Label | null;
  /** Fields to fill in first. */
  readonly ask: readonly string[];
  /** The form whose fields get values. */
  readonly form: string;
  /** The conversion that it begins. */
  readonly conversion: string | null;
}

export interface ActionDone {
  readonly record: RecordJson;
  readonly created: { readonly app: string; readonly form: string; readonly id: number; readonly title: string | null } | null;
}

export interface RelatedInfo {
  readonly key: string;
  readonly label: Label;
  readonly app: string;
  readonly form: string;
  readonly field: string;
  /** The type of that field: how it points here. */
  readonly type: string;
  /** One record instead of a list. */
  readonly single: boolean;
  readonly columns: readonly string[];
  readonly actions: readonly ActionName[];
}

/** Conditions and formulas that the browser computes while somebody types: expressions as model/formulas takes them. */
export interface LiveProgram {
  /** In the order in which they depend on each other. */
  readonly formulas: readonly { readonly field: string; readonly value: Json }[];
  /** Conditions that must all hold. */
  readonly visible: Readonly<Record<string, readonly Json[]>>;
  readonly required: Readonly<Record<string, Json>>;
  readonly read_only: Readonly<Record<string, Json>>;
  readonly sections: Readonly<Record<string, Json>>;
  readonly validations: readonly { readonly field: string; readonly holds: Json; readonly message: Label }[];
  readonly rules: readonly { readonly when: Json; readonly holds: Json; readonly message: Label; readonly field: string | null }[];
  /** Fields whose change may alter what only the server can tell, and those of a new record. */
  readonly asks: readonly string[];
  readonly asks_new: readonly string[];
  /** Nothing is left to the server but defaults and what choosing a related record fills in. */
  readonly complete: boolean;
  readonly viewer: { readonly user_id: number | null; readonly department_ids: readonly number[]; readonly organisation_id: number | null; readonly roles: readonly string[]; readonly time_zone: string; readonly calendar?: { readonly weekend: readonly number[]; readonly holidays: readonly string[]; readonly working: readonly string[] } };
}

export interface Describe {
  readonly app: string;
  readonly key: string;
  readonly label: Label;
  readonly plural: Label | null;
  readonly icon: string | null;
  readonly title: string;
  readonly fields: Readonly<Record<string, FieldInfo>>;
  readonly order: readonly string[];
  readonly layout: readonly LayoutNode[];
  readonly facts: readonly string[];
  readonly related: readonly RelatedInfo[];
  readonly views: readonly ViewJson[];
  readonly actions: readonly ActionName[];
  /** Buttons that this person may use on some records; the record itself says which stand on it now. */
  readonly record_actions: readonly RecordAction[];
  /** Related lists in the timeline, each with the field that says when. */
  readonly timeline: Readonly<Record<string, string>>;
  readonly live: boolean;
  /** Fields that duplicate rules and uniqueness look at, conditions included. */
  readonly duplicates: readonly string[];
  /** What this person may make some of the records into. */
  readonly conversions: readonly ConversionInfo[];
  /** Fields that a job is still bringing up to date: some records show older values. */
  readonly updating: readonly string[];
  readonly program?: LiveProgram | null;
  /** Workflows that run on records of this form. */
  readonly workflows: readonly { readonly key: string; readonly label: Label }[];
  readonly system_fields: Readonly<Record<string, FieldInfo>>;
  /** What is closed on a new record, where that is not the same for all records. */
  readonly new?: FieldLimits | null;
}

/** Keys of fields that are closed here and open on other records. */
export interface FieldLimits {
  readonly hidden: readonly string[];
  readonly masked: readonly string[];
  readonly read_only: readonly string[];
}

export interface RecordJson {
  readonly id: number;
  readonly revision: number;
  readonly title: string | null;
  readonly [key: string]: Json;
}

export type Values = Readonly<Record<string, Json>>;

export interface Count {
  readonly value: number;
  readonly exact: boolean;
}

export interface RecordPage {
  readonly records: readonly RecordJson[];
  readonly next_cursor: string | null;
  readonly count: Count | null;
  /** Sums over the whole of a related list, by what was asked for ("sum:amount"). */
  readonly summary?: Values;
}

export interface ListQuery {
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly search?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly count?: "capped" | "exact" | "estimate" | "none" | undefined;
  readonly deleted?: boolean | undefined;
}

/** How one related list is asked for. */
export interface RelatedQuery {
  readonly filter: string | null;
  readonly sort: string | null;
  readonly limit: number;
  readonly summary: string;
}

export interface FieldState {
  readonly visible?: boolean;
  readonly required?: boolean;
  readonly read_only?: boolean;
}

export interface Prepared {
  readonly values: Values;
  readonly fields: Readonly<Record<string, FieldState>>;
  readonly sections: Readonly<Record<string, { readonly visible: boolean }>>;
  /** Of each subform the states of its lines' fields, in the order of the lines. */
  readonly lines?: Readonly<Record<string, readonly Readonly<Record<string, FieldState>>[]>>;
  readonly issues: readonly ApiIssue[];
}

export interface HistoryChange {
  readonly field: string;
  readonly label: Label | string;
  readonly old: Json;
  readonly new: Json;
  /** Of a subform, whose old and new values are how many lines there were and are. */
  readonly lines?: readonly LineChange[];
}

/** What happened to a line. */
export interface LineChange {
  readonly id: number;
  readonly kind: "added" | "changed" | "moved" | "removed";
  /** Where it stands now, from 0; a removed one, where it stood. */
  readonly position: number;
  /** Where one stood that moved. */
  readonly was?: number;
  readonly changes: readonly HistoryChange[];
}

export interface HistoryEntry {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly actor: { readonly id: number; readonly name: string } | null;
  readonly changes: readonly HistoryChange[];
  readonly source: string | null;
  /** What was changed together with the record. */
  readonly batch: { readonly id: number; readonly others: number; readonly undone: boolean; readonly may_undo: boolean } | null;
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly next_cursor: string | null;
}

export interface PersonJson {
  readonly id: number;
  readonly name: string;
}

/** Something somebody said; people are mentioned in `text` as @[id]. */
export interface CommentJson {
  readonly id: number;
  readonly at: string;
  readonly edited_at: string | null;
  readonly author: PersonJson;
  readonly text: string;
  readonly mentions: readonly PersonJson[];
  readonly files: readonly FileJson[];
  readonly mine: boolean;
}

export type TimelineEntry =
  | (HistoryEntry & { readonly type: "history" })
  | (CommentJson & { readonly type: "comment" })
  | { readonly type: "file"; readonly id: number; readonly at: string; readonly field: string; readonly file: FileJson; readonly actor: PersonJson | null }
  | { readonly type: "related"; readonly id: number; readonly at: string; readonly list: string; readonly form: string; readonly record: RecordJson };

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  readonly next_cursor: string | null;
}

export interface MentionsJson {
  readonly mentions: readonly (CommentJson & {
    readonly app: string;
    readonly form: string;
    readonly form_label: Label;
    readonly record: { readonly id: number; readonly title: string | null };
    readonly read: boolean;
  })[];
  readonly unread: number;
}

export interface SearchResult {
  readonly app: string;
  readonly form: string;
  readonly form_label: Label;
  readonly id: number;
  readonly title: string | null;
  readonly subtitle: string | null;
}

export interface UserJson {
  readonly id: number;
  readonly name: string;
  readonly email?: string;
  /** The external organisation that somebody is of. */
  readonly organisation?: string | null;
}

/** What a partner company is to the workspace. */
export type OrganisationKind = "customer" | "dealer" | "supplier";

export interface OrganisationJson {
  readonly id: number;
  readonly name: string;
  readonly kind: OrganisationKind;
}

export interface DepartmentJson {
  readonly id: number;
  readonly name: string;
  readonly parent_id?: number | null;
}

export interface FileJson {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** A file of a record: it stands in a field (of a line: "lines.photo" and the line's number) or in a comment. */
export interface RecordFile {
  readonly file: FileJson;
  readonly at: string;
  readonly actor: PersonJson | null;
  readonly field: string | null;
  readonly line: number | null;
  readonly comment: number | null;
}

export interface RelationJson {
  readonly id: number;
  readonly title: string | null;
}

/** Records of one form that a deletion concerns: how many the reader may see, and the first of them. */
export interface DeletionPart {
  readonly form: string;
  readonly label: Label;
  readonly count: number;
  readonly records: readonly RelationJson[];
}

/** What deleting a record would do to others; `hidden`: there are more that the reader may not see. */
export interface Deletion {
  readonly along: readonly DeletionPart[];
  readonly lines: readonly DeletionPart[];
  readonly unlinked: readonly DeletionPart[];
  readonly blockers: readonly DeletionPart[];
  readonly hidden: boolean;
}

/** A record of one of several forms. */
export interface RecordRefJson extends RelationJson {
  readonly form: string;
}

/** A record that the one sent probably is, as far as the reader may know it. */
export interface DuplicateMatch {
  /** Null: the one field is unique. */
  readonly rule: string | null;
  readonly label: Label;
  readonly fields: readonly string[];
  readonly answer: "block" | "warn";
  readonly form: string | null;
  readonly form_label: Label | null;
  /** Null when the reader may not see it. */
  readonly record: { readonly id: number; readonly title: string | null } | null;
  readonly title: string | null;
  readonly owner: PersonJson | null;
}

/** One problem with something that was sent; `path` is a JSON pointer into it. */
export interface ApiIssue {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | null;
  readonly position?: number | null;
  readonly length?: number | null;
}
