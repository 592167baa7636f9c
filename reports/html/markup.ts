/** HTML that is safe to place in a page; only `html` and `trusted` make it. */
export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | number | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element's content or a quoted attribute. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

function textOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return String(content);
  if ('markup' in content) return content.markup;
  return content.map(textOf).join('');
}

/** Template tag: every value is escaped unless it is markup already; lists are joined, `undefined` is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { markup: parts.map((part, i) => part + textOf(values[i])).join('') };
}

/** Text of our own (a script, a style sheet) that must not be escaped. Never for text from data. */
export function trusted(text: string): Markup {
  return { markup: text };
}

/** JSON that can stand inside a `<script type="application/json">`: no `<`, so no tag and no comment can begin or end. */
export function inlineJson(value: unknown): Markup {
  return trusted(JSON.stringify(value).replace(/</g, '\\u003c'));
}

/** A label from data, isolated from the direction of the text around it. */
export function isolated(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}
