import { Secrets } from "../../../src/dialler/api/secrets";
import { Journal } from "../../../src/dialler/journal/journal";
import { RunBusy } from "../../../src/dialler/journal/journalFailure";
import { takeLock } from "../../../src/dialler/journal/runLock";
import { thisOwner } from "../../../src/dialler/journal/runOwner";
import { isRunPlan, type Said, type WindowRequest } from "./windowTalk";

/** A process that works on a journal as another window does: it obeys messages until it is disconnected. */
async function obey(request: WindowRequest): Promise<Said> {
  const journal = new Journal(request.storage, new Secrets());
  switch (request.what) {
    case "begin": {
      if (!isRunPlan(request.plan)) throw new Error("That is no plan.");
      const recorder = await journal.begin({ ...request.plan, owner: thisOwner });
      await recorder.intent(0, { ID: 1 });
      recorder.outcome(0, { outcome: "done" });
      await recorder.intent(1, { ID: 2 });
      return { answer: "done" };
    }
    case "takeUp":
      await journal.reopen(request.run);
      return { answer: "done" };
    case "lock":
      await takeLock(request.storage);
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
