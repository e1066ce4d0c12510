/** JSON as the server sends it. Numbers of more than 15 digits arrive as text, so nothing is ever rounded. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A text in both interface languages. */
export interface Label {
  readonly en: string;
  readonly zh: string;
}
