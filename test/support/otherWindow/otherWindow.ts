import { Secrets } from "../../../src/dialler/api/secrets";
import type { HeldLock } from "../../../src/dialler/journal/heldLock";
import { Journal } from "../../../src/dialler/journal/journal";
import { RunBusy } from "../../../src/dialler/journal/journalFailure";
import { takeLock } from "../../../src/dialler/journal/runLock";
import { thisOwner } from "../../../src/dialler/journal/runOwner";
import type { RunRecorder } from "../../../src/dialler/journal/runRecorder";
import { isRunPlan, type Said, type WindowRequest } from "./windowTalk";

let opened: RunRecorder | undefined;
let lock: HeldLock | undefined;

/** A process that works on a journal as another window does: it obeys messages until it is disconnected. */
async function obey(request: WindowRequest): Promise<Said> {
  const { host = thisOwner.host } = request;
  const self = { ...thisOwner, ...(host === undefined ? {} : { host }) };
  const journalOf = (storage: string): Journal => new Journal(storage, new Secrets(), self);
  switch (request.what) {
    case "begin": {
      if (!isRunPlan(request.plan)) throw new Error("That is no plan.");
      opened = await journalOf(request.storage).begin({ ...request.plan, owner: self });
      await opened.intent(0, { ID: 1 });
      opened.outcome(0, { outcome: "done" });
      await opened.intent(1, { ID: 2 });
      return { answer: "done" };
    }
    case "takeUp":
      opened = await journalOf(request.storage).reopen(request.run);
      return { answer: "done" };
    case "lock": {
      const { storage, renewEveryMs } = request;
      lock = await takeLock(storage, { self, ...(renewEveryMs === undefined ? {} : { renewEveryMs }) });
      return { answer: "done" };
    }
    case "confirm":
      await lock?.confirm();
      return { answer: "done" };
    case "intent":
      await opened?.intent(request.item, { ID: request.item + 1, Comment: request.comment ?? null });
      return { answer: "done" };
    case "end":
      await opened?.end();
      return { answer: "done" };
  }
}

function answer(said: Said): void {
  process.send?.(said);
}

process.on("message", (request: WindowRequest) => {
  obey(request).then(answer, (error: unknown) =>
    answer({ answer: error instanceof RunBusy ? "busy" : String(error) }),
  );
});
process.once("disconnect", () => process.exit());
answer({ answer: "ready" });
