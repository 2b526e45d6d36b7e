import { keptFilterText } from "../../../dialler/list/contactFilter";
import type { CampaignRow } from "../../../dialler/list/rows";

/** Where VS Code keeps values of a workspace, on disk. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

interface Kept {
  readonly reversed: boolean;
  /** By base URL, the one that was used last at the end. */
  readonly servers: readonly Server[];
}

interface Server {
  readonly baseUrl: string;
  readonly filter: string;
  /** The IDs of the campaigns that are expanded. */
  readonly open: readonly number[];
}

const key = "contacts.view";
const mostServers = 20;
/** Each expanded campaign is read again after a reload, so there must not be many. */
const mostOpen = 20;

/**
 * What the Contacts view remembers across a reload of the window: the direction of the order, the expanded campaigns,
 * and the parts of the filter that are no contact data.
 */
export class KeptView {
  #now: Kept;
  readonly #restored = new Set<string>();

  constructor(readonly memory: Memory) {
    this.#now = keptOf(memory.get(key));
  }

  /** Whether the order is reversed. */
  get reversed(): boolean {
    return this.#now.reversed;
  }

  reverse(): void {
    this.#become({ ...this.#now, reversed: !this.#now.reversed });
  }

  /** The filter that was kept for a server, the first time it is asked for; then undefined. */
  filterAtStart(baseUrl: string): string | undefined {
    if (this.#restored.has(baseUrl)) return undefined;
    this.#restored.add(baseUrl);
    return this.#serverAt(baseUrl).filter || undefined;
  }

  /** Keeps what may be kept of the filter of a server. */
  noteFilter(baseUrl: string, text: string): void {
    const filter = keptFilterText(text);
    if (filter !== this.#serverAt(baseUrl).filter) this.#replace({ ...this.#serverAt(baseUrl), filter });
  }

  isOpen({ connection, campaignId }: CampaignRow): boolean {
    return this.#serverAt(connection.baseUrl).open.includes(campaignId);
  }

  noteOpen({ connection, campaignId }: CampaignRow, isOpen: boolean): void {
    const server = this.#serverAt(connection.baseUrl);
    if (server.open.includes(campaignId) === isOpen) return;
    const others = server.open.filter((id) => id !== campaignId);
    this.#replace({ ...server, open: isOpen ? [...others, campaignId].slice(-mostOpen) : others });
  }

  #serverAt(baseUrl: string): Server {
    return (
      this.#now.servers.find((server) => server.baseUrl === baseUrl) ?? { baseUrl, filter: "", open: [] }
    );
  }

  #replace(server: Server): void {
    const others = this.#now.servers.filter(({ baseUrl }) => baseUrl !== server.baseUrl);
    this.#become({ ...this.#now, servers: [...others, server].slice(-mostServers) });
  }

  #become(now: Kept): void {
    this.#now = now;
    void this.memory.update(key, now);
  }
}

/** What was kept, whatever an earlier version or another program has written there. */
function keptOf(value: unknown): Kept {
  if (!isObject(value)) return { reversed: false, servers: [] };
  const servers: readonly unknown[] = Array.isArray(value.servers) ? value.servers : [];
  return { reversed: value.reversed === true, servers: servers.flatMap(serverOf).slice(-mostServers) };
}

function serverOf(value: unknown): Server[] {
  if (!isObject(value) || typeof value.baseUrl !== "string") return [];
  const { baseUrl, filter, open } = value;
  const ids: readonly unknown[] = Array.isArray(open) ? open : [];
  return [
    {
      baseUrl,
      filter: typeof filter === "string" ? keptFilterText(filter) : "",
      open: ids.filter((id) => typeof id === "number").slice(-mostOpen),
    },
  ];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
