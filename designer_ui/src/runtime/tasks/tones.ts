const STATUS: Readonly<Record<string, string>> = { running: "blue", approved: "green", rejected: "red", withdrawn: "gray", cancelled: "gray", stuck: "orange" };
const DECISION: Readonly<Record<string, string>> = { approve: "green", submit: "green", reject: "red", return: "orange", reassign: "indigo", add_approver: "indigo" };

/** The colour of how far a workflow is; its own ends are neutral. */
export const statusTone = (status: string): string => STATUS[status] ?? "teal";

export const decisionTone = (decision: string | null | undefined): string => DECISION[decision ?? ""] ?? "gray";

export const isLate = (due: string, now = Date.now()): boolean => new Date(due).getTime() < now;
