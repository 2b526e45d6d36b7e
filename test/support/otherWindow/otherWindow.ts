import { Secrets } from "../../../src/dialler/api/secrets";
import { Journal } from "../../../src/dialler/journal/journal";
import { RunBusy } from "../../../src/dialler/journal/journalFailure";
import { takeLock } from "../../../src/dialler/journal/runLock";
import { thisOwner } from "../../../src/dialler/journal/runOwner";
import { isRunPlan, type Said, type Told } from "./windowTalk";

/** A process of its own that works on a journal as another window does: told by messages, until it is disconnected. */
async function obey(told: Told): Promise<Said> {
  const journal = new Journal(told.storage, new Secrets());
  switch (told.what) {
    case "begin": {
      if (!isRunPlan(told.plan)) throw new Error("That is no plan.");
      const recorder = await journal.begin({ ...told.plan, owner: thisOwner });
      await recorder.intent(0, { ID: 1 });
      recorder.outcome(0, { outcome: "done" });
      await recorder.intent(1, { ID: 2 });
      return { answer: "done" };
    }
    case "takeUp":
      await journal.reopen(told.run);
      return { answer: "done" };
    case "lock":
      await takeLock(told.storage);
      return { answer: "done" };
  }
}

function answer(said: Said): void {
  process.send?.(said);
}

process.on("message", (told: Told) => {
  obey(told).then(answer, (error: unknown) =>
    answer({ answer: error instanceof RunBusy ? "busy" : String(error) }),
  );
});
process.once("disconnect", () => process.exit());
answer({ answer: "ready" });
