/**
 * A text for a message of the editor's, which would show `[label](https:…)`, `[label](file:…)` and even
 * `[label](command:…)` as links to click: names of recordings and words of servers must not make such links.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** A text for an entry of a list, where the editor would draw `$(name)` as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
