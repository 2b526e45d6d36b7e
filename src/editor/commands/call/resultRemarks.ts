import { type EntryResult, type Level, type OutcomeDetails } from "../../../dialler/runs/outcome";
import * as l10n from "../../../l10n";
import { namedInSentence } from "../../shown/who";
import { sentenceOf } from "../ask/confirmWords";
import type { Step } from "./notify";

type Remarked = Pick<EntryResult, "outcome" | "reason" | "warns">;

/** The level of a result as a whole: a warning beside a success is no plain success. */
export function wholeLevel(isSuccess: boolean, results: readonly Pick<Remarked, "warns">[]): Level {
  if (!isSuccess) return "error";
  return results.some(({ warns }) => warns === true) ? "warning" : "info";
}

/** The warnings beside successes, each once; of more than three, their count. Empty if there are none. */
export function warningsText(results: readonly Pick<Remarked, "reason" | "warns">[]): string {
  const warned = results.filter(({ warns }) => warns === true);
  const reasons = [...new Set(warned.flatMap(({ reason }) => reason ?? []))];
  if (reasons.length > namedInSentence)
    return l10n.t("{count} contacts have a warning; the Activity view shows which.", {
      count: l10n.number(warned.length),
    });
  return reasons
    .map((reason) => {
      const count = warned.filter((one) => one.reason === reason).length;
      const sentence = sentenceOf(reason);
      return count === 1
        ? sentence
        : l10n.t("{count} contacts: {sentence}", { count: l10n.number(count), sentence });
    })
    .join(" ");
}

/** Why the run stopped, and how many contacts were not attempted. `said` is told before it. Empty if it did not stop. */
export function stopText(results: readonly Remarked[], said: string): string {
  const left = results.filter(({ outcome }) => outcome === "notAttempted");
  const reason = left.find((result) => result.reason !== undefined)?.reason;
  if (reason === undefined) return "";
  const sentence = sentenceOf(reason);
  if (left.length === results.length) return sentence;
  const values = { count: l10n.number(left.length), reason: sentence.replace(/\.$/, "") };
  if (said.includes(reason)) return stopped();
  if (reason.includes(". ")) return `${sentence} ${stopped()}`;
  return left.length === 1
    ? l10n.t("{reason}; 1 contact was not attempted.", values)
    : l10n.t("{reason}; {count} contacts were not attempted.", values);

  function stopped(): string {
    return left.length === 1
      ? l10n.t("The run stopped; 1 contact was not attempted.", values)
      : l10n.t("The run stopped; {count} contacts were not attempted.", values);
  }
}

/**
 * The step that removes the cause of a failure, by the kind of failure and not by its status: a 401 may come from a
 * proxy, for which another token does not help. Undefined if looking into the log is all that helps.
 */
export function causeStep(failed: Pick<OutcomeDetails, "outcome" | "next"> | undefined): Step | undefined {
  if (failed?.next === "setToken") return failed.next;
  // Where it is not known what became of the contact, this is found out first.
  if (failed?.outcome !== "failed") return undefined;
  return failed.next === "checkEndpoint" || failed.next === "openSettings" ? failed.next : undefined;
}
