/** What of a page a reader sees: no scripts, no styles, no tags. */
export function visibleText(page: string): string {
  return skeletonOf(page).text;
}

/** Tags of a page in order, and its text; scripts and styles count as their opening and closing tags only. */
export function skeletonOf(page: string): { tags: string[]; text: string } {
  const bare = page.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3');
  return {
    tags: (bare.match(/<[/!]?[a-z]+/gi) ?? []).map((tag) => tag.toLowerCase()),
    text: bare.replace(/<[^>]*>/g, ' '),
  };
}
