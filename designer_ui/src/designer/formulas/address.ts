/** A key cannot have a hyphen, so that no field is ever called like this. */
export const NEW = "new-field";

export const listAddress = (app: string): string => `/a/${encodeURIComponent(app)}/design/formulas`;

export const fieldAddress = (app: string, form: string, field: string): string => `${listAddress(app)}/${encodeURIComponent(form)}/${encodeURIComponent(field)}`;
