import { inContext, type Twins } from "../twin";
import type { Value } from "../values";

/** The viewer: who is asking. */
export const people: Twins = {
  ME: inContext((context) => context.userId),
  MY_DEPARTMENT: inContext((context) => context.departmentIds[0] ?? null),
  MY_DEPARTMENTS: inContext((context): Value => (context.departmentIds.length > 0 ? context.departmentIds : null)),
  MY_ORGANISATION: inContext((context) => context.organisationId),
  ORGANISATION: inContext((context) => context.organisationId),
  DEPARTMENT: inContext((context) => context.departmentIds[0] ?? null),
  DEPARTMENTS: inContext((context): Value => (context.departmentIds.length > 0 ? context.departmentIds : null)),
  ROLES: inContext((context): Value => (context.roles.length > 0 ? context.roles : null)),
  HASROLE: inContext((context, role: string) => context.roles.includes(role)),
};
