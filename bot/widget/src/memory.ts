/**
 * What this tab remembers: the token, the draft, messages not yet acknowledged, whether the panel is open.
 *
 * sessionStorage and not localStorage: people use this on a shared computer at a clinic or a library. When the tab is
 * closed it is all forgotten, and the next person finds nothing. Where storage is blocked, the page's own memory serves,
 * and a reload forgets.
 */

export interface Memory {
  get(name: string): string | null;
  set(name: string, value: string | null): void;
}

export function tabMemory(server: string): Memory {
  const key = (name: string): string => `overturn:${server}:${name}`;
  const page = new Map<string, string>();
  return {
    get(name) {
      try {
        return window.sessionStorage.getItem(key(name)) ?? page.get(name) ?? null;
      } catch {
        return page.get(name) ?? null;
      }
    },
    set(name, value) {
      page.delete(name);
      try {
        if (value === null) window.sessionStorage.removeItem(key(name));
        else window.sessionStorage.setItem(key(name), value);
      } catch {
        if (value !== null) page.set(name, value);
      }
    },
  };
}
