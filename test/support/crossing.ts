import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "../../src/dialler/api/changeRules";
import { Secrets } from "../../src/dialler/api/secrets";
import type { Connection } from "../../src/dialler/endpoint/connect";
import { Journal } from "../../src/dialler/journal/journal";
import { RunHistory } from "../../src/dialler/journal/runHistory";
import { ContactStore } from "../../src/dialler/list/contactStore";
import type { ActionReport } from "../../src/dialler/runs/actionReport";
import type { ActingParts } from "../../src/editor/commands/call/parts";
import { confirmAndRun } from "../../src/editor/commands/change/confirmAndRun";
import { type Script, type SmallDialler, startSmallDialler } from "./dialler/smallDialler";
import { type Answers, type ScriptedPerson, scriptedPerson } from "./scriptedPerson";
import { token } from "./dialler/token";

export interface CrossingOptions {
  readonly contacts: number;
  readonly answers?: Answers;
  readonly endpoint?: Parameters<SmallDialler["connect"]>[0];
  readonly script?: Script;
}

/** A command from its start to its report, without a window: a real server, journal and store, and a scripted person. */
export interface Crossing {
  readonly dialler: SmallDialler;
  readonly connection: Connection;
  readonly store: ContactStore;
  readonly history: RunHistory;
  readonly person: ScriptedPerson;
  /** What the output channel holds: the level and the line. */
  readonly lines: readonly string[];
  /** After each run, whether it was a success. */
  readonly revealed: readonly boolean[];
  act(change: Change, ids: readonly number[]): Promise<ActionReport>;
  /** The kinds of the lines in the journals, in their order. */
  journalled(): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startCrossing(options: CrossingOptions): Promise<Crossing> {
  const { contacts, answers = {}, endpoint = {}, script } = options;
  const storage = await mkdtemp(join(tmpdir(), "dlr-"));
  const dialler = await startSmallDialler(contacts, script);
  const connection = await dialler.connect(endpoint);
  const secrets = new Secrets();
  secrets.add(token);
  const history = new RunHistory(new Journal(storage, secrets));
  const store = new ContactStore(() => preferences);
  store.open(connection);
  const person = scriptedPerson(answers);
  const lines: string[] = [];
  const revealed: boolean[] = [];
  const parts: ActingParts = {
    ...person.parts,
    secrets,
    discreet: (text) => secrets.redact(text),
    preferences: { now: preferences },
    store,
    history,
    documents: { showText: () => Promise.reject(new Error("No document is shown here.")) },
    channel: {
      say: (level, line) => void lines.push(`${level} ${line}`),
      revealAfter: (isSuccess) => void revealed.push(isSuccess),
    },
  };
  return {
    ...{ dialler, connection, store, history, person, lines, revealed },
    act: (change, ids) => confirmAndRun(parts, { change, connection, entries: dialler.plan(ids) }),
    journalled: () => linesIn(join(storage, "journal")),
    stop: async () => {
      history.dispose();
      connection.dispose();
      await dialler.stop();
      await rm(storage, { recursive: true, force: true });
    },
  };
}

async function linesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((file) => file.endsWith(".jsonl")).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line !== "");
  return lines.map((line) => {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "line" in value ? String(value.line) : "?";
  });
}

const preferences = {
  groupBy: "none",
  sortBy: "id",
  pageSize: 500,
  rowFields: [],
  lockField: "",
  concurrency: 4,
  requestSeconds: 5,
  listSeconds: 5,
  listMegabytes: 50,
  retentionDays: 14,
  mask: false,
  reveal: "never",
  allowHttpLinks: false,
  directUserData: false,
} as const;
