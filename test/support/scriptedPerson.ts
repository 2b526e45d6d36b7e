import type { Change } from "../../src/dialler/api/changeRules";
import type { Contact } from "../../src/dialler/api/record/contact";
import type { Ask } from "../../src/editor/commands/ask/ask";
import type { Kept, Place } from "../../src/editor/commands/ask/confirmWords";
import type { Preview, PreviewAnswer } from "../../src/editor/commands/ask/preview";
import type { Ending } from "../../src/editor/commands/call/notify";
import type { ActingParts } from "../../src/editor/commands/call/parts";
import type { Report, ShowProgress } from "../../src/editor/commands/progress/progress";

/** The answer to each question; a question without an answer here fails the test. */
export interface Answers {
  readonly confirmOne?: (
    change: Change,
    contact: Contact,
    place: Place,
    kept: Kept,
    declinesFirst: boolean,
  ) => Change | undefined;
  readonly actOnMany?: (preview: Preview) => boolean;
  readonly pickContacts?: (preview: Preview) => PreviewAnswer | undefined;
  /** What is typed. */
  readonly phrase?: string;
  /** Gets every progress message; calls `cancel` to press Cancel on the current progress. */
  readonly watch?: (message: string, cancel: () => void) => void;
  /** What is done at the second progress, which waits for requests under way. */
  readonly waiting?: (cancel: () => void) => void;
}

/** A person who answers as scripted, and what was shown to them. */
export interface ScriptedPerson {
  /** Each question by its name, in their order. */
  readonly asked: readonly string[];
  readonly endings: readonly Ending[];
  /** The titles of everything that was shown as progress. */
  readonly titles: readonly string[];
  readonly parts: Pick<ActingParts, "ask" | "progress" | "notify">;
}

export function scriptedPerson(answers: Answers): ScriptedPerson {
  const asked: string[] = [];
  const endings: Ending[] = [];
  const titles: string[] = [];
  const unexpected = (name: string) => (): never => {
    throw new Error(`Nothing is scripted for the question ${name}.`);
  };
  function answer<Args extends unknown[], T>(name: string, given: ((...args: Args) => T) | undefined) {
    return (...args: Args): Promise<T> => {
      asked.push(name);
      return Promise.resolve((given ?? unexpected(name))(...args));
    };
  }
  const ask: Ask = {
    confirmOne: answer("confirmOne", answers.confirmOne),
    actOnMany: answer("actOnMany", answers.actOnMany),
    pickContacts: answer("pickContacts", answers.pickContacts),
    typedPhrase: answer("typedPhrase", (phrase: string) => phrase === answers.phrase),
    acceptPreview: answer("acceptPreview", unexpected("acceptPreview")),
    afterReading: answer("afterReading", unexpected("afterReading")),
    restoreContacts: answer("restoreContacts", unexpected("restoreContacts")),
    undoRun: answer("undoRun", unexpected("undoRun")),
    undoWhich: answer("undoWhich", unexpected("undoWhich")),
    mayTryAgain: answer("mayTryAgain", unexpected("mayTryAgain")),
    mayDuplicate: answer("mayDuplicate", unexpected("mayDuplicate")),
    whichCandidate: answer("whichCandidate", unexpected("whichCandidate")),
    contactId: answer("contactId", unexpected("contactId")),
    userData: answer("userData", unexpected("userData")),
    whichContacts: answer("whichContacts", unexpected("whichContacts")),
    whichToShow: answer("whichToShow", unexpected("whichToShow")),
    readWholeList: answer("readWholeList", unexpected("readWholeList")),
    directAction: answer("directAction", unexpected("directAction")),
    actDirectly: answer("actDirectly", unexpected("actDirectly")),
    openLink: answer("openLink", unexpected("openLink")),
    afterFailedCheck: answer("afterFailedCheck", unexpected("afterFailedCheck")),
    loadAll: answer("loadAll", unexpected("loadAll")),
    removeEndpoint: answer("removeEndpoint", unexpected("removeEndpoint")),
    invisibleSigns: answer("invisibleSigns", unexpected("invisibleSigns")),
    acceptImport: answer("acceptImport", unexpected("acceptImport")),
    afterReadingImport: answer("afterReadingImport", unexpected("afterReadingImport")),
    typedImport: answer("typedImport", unexpected("typedImport")),
    writeIntoWorkTree: answer("writeIntoWorkTree", unexpected("writeIntoWorkTree")),
    deleteJournal: answer("deleteJournal", unexpected("deleteJournal")),
  };
  const progress: ShowProgress = {
    cancellable: async (title, work) => {
      titles.push(title);
      const cancel = new AbortController();
      const press = (): void => cancel.abort();
      if (titles.length > 1) answers.waiting?.(press);
      const report: Report = (message) => answers.watch?.(message, press);
      return work(report, cancel.signal);
    },
    inView: (work) => work(),
  };
  const notify = (ending: Ending): Promise<void> => {
    endings.push(ending);
    return Promise.resolve();
  };
  return { asked, endings, titles, parts: { ask, progress, notify } };
}
